//! Hand-counted sentences in every language, and what must not skew the counts.

use super::*;
use crate::config::{Config, MarkdownConfig};
use crate::parse;
use crate::source::SitePath;

fn document(body: &str) -> std::sync::Arc<Document> {
    let config = Config { markdown: MarkdownConfig { allow_html: true }, ..Config::default() };
    let page = format!("+++\nkind = \"page\"\ntitle = \"A page\"\n+++\n\n{body}\n");
    let known = |key: &str| key == "elkin1989";
    let path = SitePath::new("content/page.md");
    let (document, faults) = parse::document(&path, &page.into(), &config, &known);
    document.unwrap_or_else(|| panic!("{faults:?}"))
}

fn read(body: &str) -> Reading {
    of(&document(body), &[Audience::Patient], "en-GB", &Options::default())
}

fn read_in(language: &str, body: &str) -> Reading {
    of(&document(body), &[Audience::Patient], language, &Options::default())
}

/// The sentences that are counted.
fn sentences(body: &str) -> Vec<String> {
    sentences_in("en", body)
}

fn sentences_in(language: &str, body: &str) -> Vec<String> {
    let reading = read_in(language, body);
    reading.sentences.iter().map(|sentence| reading.words_of(sentence).to_owned()).collect()
}

fn close(a: f32, b: f64) {
    assert!((f64::from(a) - b).abs() < 0.001, "{a} is not {b}");
}

mod text {
    use super::*;

    #[test]
    fn headings_tables_terms_and_code_are_no_sentences() {
        let body = "# What helps you through the day\n\nYou can talk.\n\n| Who is close to you now | What they do for you |\n|---|---|\n\
                    | My sister and my aunt | They cook for all of us |\n\nRole\n: A part you play in life.\n\n\
                    ```text\nthis is code and not a sentence.\n```\n\n<p>This is raw and not a sentence.</p>\n";
        assert_eq!(sentences(body), ["You can talk.", "A part you play in life."]);
        let words_in_labels = 6 + 6 + 5 + 5 + 6 + 1;
        assert_eq!(read(body).left_out, words_in_labels);
    }

    #[test]
    fn citations_footnotes_and_pictures_say_nothing_and_links_say_their_words() {
        let body = "Talking **helps** most [people](people.md) [@elkin1989, p. 3].[^1] You `code` can ![a long picture](a.png)try it.\n\n\
                    [^1]: This was found twice.";
        assert_eq!(sentences(body), ["Talking helps most people.", "You can try it.", "This was found twice."]);
    }

    #[test]
    fn authors_within_a_sentence_are_one_short_word() {
        let reading = read("It helped. @elkin1989 [p. 3] saw that it lasts.");
        assert_eq!(reading.words_of(&reading.sentences[1]), "@elkin1989 saw that it lasts.");
        assert_eq!((reading.counts.words, reading.counts.syllables), (7, 7));
    }

    #[test]
    fn blocks_for_others_are_left_out() {
        let body = "You can talk.\n\n:::clinician\nAssess comorbidity.\n:::\n\n:::tip\nTake your time.\n:::";
        assert_eq!(sentences(body), ["You can talk.", "Take your time."]);
        let all = of(&document(body), &[Audience::Patient, Audience::Clinician], "en", &Options::default());
        assert_eq!(all.sentences.len(), 3);
    }

    #[test]
    fn items_are_sentences_unless_they_are_short_and_open() {
        let body = "You may feel:\n\n- sad\n- very sad indeed\n- as if nothing matters\n- Cry.\n- [How grief may begin](grief.md)\n\n\
                    1. Ring a friend. Then rest\n2. Go for a walk";
        assert_eq!(sentences(body), ["as if nothing matters", "Cry.", "Ring a friend.", "Go for a walk"]);
        // The lead of three words, `sad`, three more, a link of four, and `Then rest`.
        assert_eq!(read(body).left_out, 3 + 1 + 3 + 4 + 2);
    }

    #[test]
    fn a_list_of_short_items_does_not_make_a_page_easy_or_hard() {
        let text = "Low mood can make each day feel long.\n\n";
        let list = "- Psychopharmacological interventions\n- sleep\n- food\n\n";
        assert_eq!(read(&format!("{text}{list}")).scores, read(text).scores);
    }

    #[test]
    fn pieces_that_dots_part_are_not_joined() {
        let body = "[All the forms](a.md) · [What to read](b.md) | More on all this here · See it";
        assert_eq!(sentences(body), ["More on all this here"]);
    }

    #[test]
    fn paragraphs_know_their_length_and_items_are_none() {
        let reading = read("One is here. Two is here, too.\n\n- An item of some words\n\n> Three is here.");
        let lengths: Vec<_> = reading.paragraphs.iter().map(|one| (one.sentences, one.words)).collect();
        assert_eq!(lengths, [(2, 7), (1, 3)]);
    }

    #[test]
    fn deep_nesting_is_read() {
        assert_eq!(sentences(&format!("{}Here you are.", "> ".repeat(60))), ["Here you are."]);
    }

    #[test]
    fn a_sentence_is_found_in_the_source() {
        let body = "You can *talk*. You can [talk\nagain](../talk-again.md) with **me**, too [@elkin1989].";
        let page = format!("+++\nkind = \"page\"\ntitle = \"A page\"\n+++\n\n{body}\n");
        let reading = read(body);
        let placed: Vec<&str> =
            reading.sentences.iter().map(|sentence| &page[reading.place(sentence, &page)]).collect();
        assert_eq!(placed, ["You can *talk", "You can [talk\nagain](../talk-again.md) with **me**, too"]);
        let longest = reading.longest_sentence().unwrap();
        assert_eq!((longest.words, reading.words_of(longest)), (7, "You can talk again with me, too."));
        // Another source has other words there: the block as a whole, and no panic.
        let block = reading.paragraphs[0].span.clone();
        assert_eq!(reading.place(longest, "short"), block);
        assert_eq!(reading.place(longest, &page.replace("again", "often")), block);
    }
}

mod ends {
    use super::*;

    /// Text where a bar shows each end.
    fn parted(language: &str, text: &str) {
        let expected: Vec<&str> = text.split('|').map(str::trim).collect();
        let body = text.replace('|', "");
        assert_eq!(sentences_in(language, &body), expected, "{text}");
    }

    #[test]
    fn after_marks_and_quotes() {
        parted("en", "Are you well? | Yes! | (Or so you say.) | “Not now.” | She left…");
        parted("en", "“Why now?” she asked. | He said no. | “Then when?!” | It was late.");
    }

    #[test]
    fn not_after_for_example_and_that_is() {
        parted(
            "en",
            "Talk to a person, e.g. a friend or e.g. Ana, i.e. Mum. | It helps, cf. Smith, vs. Hiding at home.",
        );
    }

    #[test]
    fn not_after_titles() {
        parted("en", "Ask Dr. Singh or Mrs. Jones. | Prof. May and St. Mary help.");
    }

    #[test]
    fn after_et_cetera_only_before_a_capital() {
        parted("en", "Bring tea, cake, etc. and sit. | Bring tea, etc. | Sit down with me.");
    }

    #[test]
    fn initials_end_nothing_but_before_a_common_word() {
        parted("en", "The book by J. B. Priestley is good. | We use plan B. | Then we go. | So do I. | Come in now.");
        parted("en", "She lives in the U.S. Virgin Islands. | He left the U.K. | They stayed here.");
    }

    #[test]
    fn decimals_times_and_numbers_are_whole() {
        parted(
            "en",
            "It cost 3.50 and then 1,200.75 in all. | Come at 3.30 pm or 9.15 a.m. on Monday. | It was 2020. | We met.",
        );
        parted("en", "We meet at 4 p.m. Monday. | We meet at 4 p.m. | Bring your sheet.");
        parted("en", "See p. 42 and no. 5 in fig. 3. | Just say no. | Go home now.");
    }

    #[test]
    fn addresses_are_whole() {
        parted("en", "Go to www.example.org/a.b?c=d.e or https://example.org. | Write to a.b@example.org. | We reply.");
    }

    #[test]
    fn ellipses_pause() {
        parted("en", "Well… I think so. | You wait... and wait. | It ends… | Then it starts.");
    }

    #[test]
    fn citations_leave_ends_alone() {
        assert_eq!(
            sentences("It helps [@elkin1989]. It lasts [@elkin1989, pp. 3-4], too. [@elkin1989] They say so."),
            ["It helps.", "It lasts, too.", "They say so."]
        );
    }

    #[test]
    fn colons_and_semicolons_end_nothing() {
        parted("en", "One thing helps: talk; it is free. | Another does not.");
    }

    #[test]
    fn other_languages_have_their_own_abbreviations() {
        parted("es", "La Dra. Ruiz habla con el Sr. Gil, p. ej. por la tarde. | ¿Cómo está hoy? | ¡Pida ayuda!");
        parted(
            "de",
            "Am 3. Mai kommt Dr. Weiß, z. B. um 15.30 Uhr, bzw. Frau Kern. | Das war 2020. | Er kam am 5. | Dann ging er.",
        );
        parted("fr", "M. Petit et Mme Roy, p. ex. le Dr. Brun, vous aident. | Que dire ? | Rien !");
        parted("it", "Il dott. Rossi e la sig.ra Bianchi, ad es. di sera, ecc. e poi basta. | Come sta?");
    }
}

mod words {
    use super::*;

    fn counted(text: &str) -> (u32, u32) {
        let counts = read(text).counts;
        (counts.words, counts.syllables)
    }

    #[test]
    fn hyphens_and_apostrophes_join_and_dashes_and_slashes_part() {
        assert_eq!(counted("Self-help isn’t hard—or slow."), (5, 7));
        assert_eq!(counted("He and/or she can’t go – not yet."), (8, 8));
    }

    #[test]
    fn signs_are_short_words() {
        assert_eq!(counted("Use it at 3.30 p.m. or in 2022, e.g. with the GPs of IPT."), (14, 14));
        assert_eq!(counted("Go to https://example.org/psychotherapy-information or helpline@example.org now."), (6, 6));
        assert_eq!(counted("See example.org/psychotherapy today."), (3, 4));
    }

    #[test]
    fn signs_do_not_skew_the_grade() {
        let plain = read("You can talk to me or to him.");
        let signs = read("You can talk to IPT or to https://example.org/interpersonal-psychotherapy.");
        assert_eq!(plain.scores, signs.scores);
    }

    #[test]
    fn hand_counted_english() {
        // 10 words, 11 syllables; 8 words, 12 syllables with 2 words of three.
        let reading =
            read("Grief comes and goes, and no two days feel alike. Your therapist will remember what you told her.");
        assert_eq!(
            reading.counts,
            Counts {
                sentences: 2,
                words: 18,
                syllables: 11 + 12,
                monosyllables: 9 + 6,
                polysyllables: 2,
                letters: 38 + 39,
                long_words: 2
            }
        );
        let Scores::English { flesch_kincaid, flesch_ease, smog } = reading.scores else { panic!() };
        close(flesch_kincaid, 0.39 * 9.0 + 11.8 * 23.0 / 18.0 - 15.59);
        close(flesch_ease, 206.835 - 1.015 * 9.0 - 84.6 * 23.0 / 18.0);
        close(smog.grade, 1.043 * 30f64.sqrt() + 3.1291);
        assert!(smog.indicative);
        close(reading.mean_sentence().unwrap(), 9.0);
    }

    #[test]
    fn smog_counts_from_thirty_sentences_on() {
        let indicative = |times: usize| match read(&"You can talk. ".repeat(times)).scores {
            Scores::English { smog, .. } => smog.indicative,
            other => panic!("{other:?}"),
        };
        assert!(indicative(29));
        assert!(!indicative(30));
    }

    #[test]
    fn nothing_to_measure_is_said() {
        assert_eq!(read("## Only a heading\n\n- milk\n- tea").scores, Scores::NoSentences);
        assert_eq!(read("").grade(), None);
        let reading = read_in("pt-BR", "Isto é uma frase.");
        assert_eq!(reading.scores, Scores::NotMeasured { language: "pt-BR".into() });
        assert_eq!((reading.grade(), reading.passive_share(), reading.hard_share()), (None, None, None));
    }

    #[test]
    fn odd_input_is_read() {
        let odd = [
            "...",
            "…",
            "?!",
            "· | •",
            "“”",
            "a.",
            ". a",
            "1.",
            "İ. İ",
            "ß’s",
            "ﬁ.ﬁ",
            "日本語。次",
            "e\u{301}.g.",
            "@",
            "@.",
            "a@b.",
            "x-\u{ad}-y",
            "\u{200f}א.",
            "’n’t",
            "'",
            "n't",
            "-",
            "--",
            "a--b",
            "😀. 😀",
            "gu",
            "qu",
            "ent",
            "aient",
            "ied",
            "es",
            "sm",
            "z. B",
            "sssssssssssssssssssssssssssssssssssssssssssssssssssssssa",
        ];
        for language in ["en", "fr", "de", "it", "es"] {
            for first in odd {
                for second in odd {
                    let reading = read_in(language, &format!("{first} {second}\n\nA b c d{first}{second}"));
                    let words: u32 = reading.sentences.iter().map(|sentence| sentence.words).sum();
                    assert_eq!(words, reading.counts.words);
                    for sentence in &reading.sentences {
                        reading.place(sentence, first);
                    }
                }
            }
        }
    }

    #[test]
    fn tags_name_languages_in_any_case() {
        assert_eq!(Language::of("EN-us"), Some(Language::English));
        assert_eq!(Language::of("de"), Some(Language::German));
        assert_eq!(Language::of("eng"), None);
        assert_eq!(Language::of(""), None);
    }
}

mod syllables {
    use super::*;

    fn hold(language: Language, words: &str) {
        let mut wrong = Vec::new();
        for entry in words.split_whitespace() {
            let (word, expected) = entry.split_once(':').unwrap();
            let counted = syllable::count(word, language);
            if counted.to_string() != expected {
                wrong.push(format!("{word}: {counted}, not {expected}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn english() {
        hold(
            Language::English,
            "a:1 the:1 you:1 your:1 loved:1 wanted:2 needed:2 tired:2 likely:2 likes:1 changes:2 houses:2 little:2 table:2 sometimes:2 \
             being:2 trying:2 create:2 created:3 area:3 areas:3 idea:3 real:1 really:2 business:2 people:2 science:2 patient:2 \
             patients:2 social:2 special:2 initial:3 serious:3 anxious:2 depression:3 relationship:4 period:3 opinion:3 usual:3 \
             actually:4 language:2 queue:1 question:2 quiet:2 anxiety:4 society:4 easier:3 happiest:3 everyone:3 everybody:4 \
             behaviour:3 suicide:3 rhythm:2 criticism:4 therapy:3 psychotherapy:5 interpersonal:5 medicine:3 remembered:3 basically:3 \
             don't:1 isn't:2 couldn't:2 aren't:1 haven't:2 you'll:1 it'll:2 should've:2 i'd:1 grace's:2 friend's:1 self-help:2 \
             naïve:2 café:2 twelve:1 whole:1 centre:2 goodbye:2 randomised:3 sertraline:3 imipramine:4 x:1 phq-9:2 hmm:1",
        );
    }

    #[test]
    fn spanish() {
        hold(
            Language::Spanish,
            "yo:1 y:1 muy:1 hoy:1 buey:1 día:2 aún:2 país:2 países:3 ayuda:3 que:1 quiere:2 guerra:2 guía:2 agua:2 pingüino:3 bien:1 \
             tristeza:3 depresión:3 ansiedad:3 emociones:4 familia:3 héroe:3 teatro:3 leer:2 oía:3 cuidado:3 ciudad:2 construir:2 \
             dieciséis:3 ahora:3 rey:1 reyes:2 psicoterapia:5",
        );
    }

    #[test]
    fn german() {
        hold(
            Language::German,
            "ich:1 sie:1 haus:1 bauer:2 feier:2 neue:2 quelle:2 yoga:2 symptom:2 therapie:3 familie:4 familien:4 studie:3 studieren:3 \
             patient:3 patientin:4 verdient:2 nation:3 theater:3 museum:3 beenden:3 beurteilen:4 geehrt:2 beobachten:4 aktuell:3 \
             idee:2 zoo:1 gefühle:3 traurig:2 bäume:2 schlaf:1 angst:1 psychotherapie:5 geübt:2 naiv:2",
        );
    }

    #[test]
    fn french() {
        hold(
            Language::French,
            "je:1 les:1 vie:1 amie:2 elle:1 mère:1 quatre:1 langue:1 que:1 qu'il:1 l'école:2 aujourd'hui:3 eau:1 beaucoup:2 oui:1 nuit:1 \
             pays:2 yeux:1 voyage:2 essayer:3 nation:2 bien:1 client:2 oublier:3 patient:2 émotion:3 créer:2 théâtre:2 maïs:2 noël:2 \
             année:2 avaient:2 médecine:3 tristesse:2 dépression:3 mangeons:2 guérir:2 famille:2 situation:4 cœur:1 sœurs:1 moment:2",
        );
    }
}

mod languages {
    use super::*;

    #[test]
    fn hand_counted_spanish() {
        // Us-ted no es-tá so-lo. | Ha-ble con al-guien hoy.
        let reading = read_in("es", "Usted no está solo. Hable con alguien hoy.");
        assert_eq!((reading.counts.sentences, reading.counts.words, reading.counts.syllables), (2, 8, 7 + 6));
        let Scores::Spanish { fernandez_huerta, flesch_szigriszt, inflesz } = reading.scores else { panic!() };
        close(fernandez_huerta, 206.84 - 60.0 * 13.0 / 8.0 - 1.02 * 4.0);
        close(flesch_szigriszt, 206.835 - 62.3 * 13.0 / 8.0 - 4.0);
        assert_eq!(inflesz.name(), "muy fácil");
        assert_eq!(reading.grade(), None);
    }

    #[test]
    fn hand_counted_german() {
        // Trau-er braucht Zeit. | Spre-chen Sie mit Ih-rer Fa-mi-lie.
        let reading = read_in("de-CH", "Trauer braucht Zeit. Sprechen Sie mit Ihrer Familie.");
        assert_eq!(
            reading.counts,
            Counts {
                sentences: 2,
                words: 8,
                syllables: 4 + 10,
                monosyllables: 4,
                polysyllables: 1,
                letters: 17 + 26,
                long_words: 3
            }
        );
        let Scores::German { wiener, lix } = reading.scores else { panic!() };
        close(wiener, 0.1935 * 12.5 + 0.1672 * 4.0 + 0.1297 * 37.5 - 0.0327 * 50.0 - 0.875);
        close(lix, 4.0 + 37.5);
        assert_eq!(reading.grade(), Some(wiener));
    }

    #[test]
    fn hand_counted_french() {
        // Vous n’ê-tes pas seul. | Par-lez à un a-mi.
        let reading = read_in("fr", "Vous n’êtes pas seul. Parlez à un ami.");
        assert_eq!((reading.counts.sentences, reading.counts.words, reading.counts.syllables), (2, 8, 4 + 6));
        let Scores::French { kandel_moles } = reading.scores else { panic!() };
        close(kandel_moles, 207.0 - 1.015 * 4.0 - 73.6 * 10.0 / 8.0);
    }

    #[test]
    fn hand_counted_italian() {
        let reading = read_in("it", "Lei non è solo. Parli con un amico.");
        assert_eq!((reading.counts.sentences, reading.counts.words, reading.counts.letters), (2, 8, 11 + 15));
        let Scores::Italian { gulpease } = reading.scores else { panic!() };
        close(gulpease, 89.0 + (300.0 * 2.0 - 10.0 * 26.0) / 8.0);
    }

    #[test]
    fn bands_of_inflesz() {
        let band = |score| Inflesz::of(score).name();
        assert_eq!(
            [40.0, 40.1, 55.1, 65.1, 80.1].map(band),
            ["muy difícil", "algo difícil", "normal", "bastante fácil", "muy fácil"]
        );
    }
}

mod formulas {
    use super::*;

    /// Round numbers, so that each term can be worked out in the head.
    const COUNTS: Counts = Counts {
        sentences: 30,
        words: 300,
        syllables: 450,
        monosyllables: 180,
        polysyllables: 36,
        letters: 1500,
        long_words: 60,
    };

    #[test]
    fn are_exact_on_counts() {
        close(formula::flesch_kincaid(&COUNTS), 3.9 + 17.7 - 15.59);
        close(formula::flesch_ease(&COUNTS), 206.835 - 10.15 - 126.9);
        close(formula::smog(&COUNTS), 1.043 * 6.0 + 3.1291);
        close(formula::fernandez_huerta(&COUNTS), 206.84 - 90.0 - 10.2);
        close(formula::flesch_szigriszt(&COUNTS), 206.835 - 93.45 - 10.0);
        close(formula::wiener(&COUNTS), 0.1935 * 12.0 + 1.672 + 0.1297 * 20.0 - 0.0327 * 60.0 - 0.875);
        close(formula::lix(&COUNTS), 30.0);
        close(formula::kandel_moles(&COUNTS), 207.0 - 10.15 - 110.4);
        close(formula::gulpease(&COUNTS), 89.0 + (9000.0 - 15000.0) / 300.0);
    }
}

mod hard_words {
    use super::*;

    #[test]
    fn terms_and_jargon_are_found_longest_first_and_in_the_plural() {
        let terms = Phrases::new(["role", "Role transition", "relapse"]);
        let jargon = Phrases::new(["maladaptive", "transition"]);
        let options = Options { terms: Some(&terms), jargon: Some(&jargon) };
        let body = "Role transitions are hard. A maladaptive transition brings relapses, and parole is no role.";
        let reading = of(&document(body), &[Audience::Patient], "en", &options);
        let found: Vec<_> =
            reading.hard.iter().map(|hard| (hard.list, hard.wording, hard.sentence, hard.words)).collect();
        assert_eq!(
            found,
            [
                (List::Terms, 1, Some(0), 2),
                (List::Terms, 2, Some(1), 1),
                (List::Terms, 0, Some(1), 1),
                (List::Jargon, 0, Some(1), 1),
                (List::Jargon, 1, Some(1), 1)
            ]
        );
        close(reading.hard_share().unwrap(), 6.0 / 14.0);
    }

    #[test]
    fn without_terms_their_words_are_short() {
        let terms = Phrases::new(["interpersonal psychotherapy"]);
        let options = Options { terms: Some(&terms), jargon: None };
        let with = of(&document("We use interpersonal psychotherapy here."), &[], "en", &options);
        let short = read("We use this and that.");
        assert_eq!(with.without_terms.unwrap(), read("We use it now here.").scores);
        assert!(with.scores.grade() > short.grade());
        assert_eq!(of(&document("We talk here."), &[], "en", &options).without_terms, None);
    }
}

mod passive_voice {
    use super::*;

    fn passive(sentence: &str) -> bool {
        let reading = read(sentence);
        assert_eq!(reading.sentences.len(), 1, "{sentence}");
        reading.sentences[0].passive
    }

    #[test]
    fn is_seen() {
        for sentence in [
            "The sheet was filled in by Ana.",
            "You will be given a date.",
            "It has not yet been carefully checked.",
            "Were you told about it?",
            "They’re never invited.",
            "He got sacked last week.",
            "The two are well-known here.",
        ] {
            assert!(passive(sentence), "{sentence}");
        }
    }

    #[test]
    fn is_not_seen_where_it_is_not() {
        for sentence in [
            "You filled in the sheet.",
            "You are tired and worried.",
            "He was a hundred years old.",
            "You get used to it.",
            "They have gone home.",
            "It is indeed late.",
            "She had asked him.",
            "You are in need.",
        ] {
            assert!(!passive(sentence), "{sentence}");
        }
    }

    #[test]
    fn share_is_of_sentences_and_for_english_only() {
        close(read("You are seen. You talk. You walk. You rest.").passive_share().unwrap(), 0.25);
        assert_eq!(read_in("de", "Das ist gut so.").passive_share(), None);
    }
}
