//! The formulas, on counts alone. Each names where it was published.

/// What a formula needs to know of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sentences.
    pub sentences: u32,
    /// Words.
    pub words: u32,
    /// Syllables; 0 in Italian, whose measure does not need them.
    pub syllables: u32,
    /// Words of one syllable.
    pub monosyllables: u32,
    /// Words of three syllables or more.
    pub polysyllables: u32,
    /// Letters and figures.
    pub letters: u32,
    /// Words of more than six letters.
    pub long_words: u32,
}

impl Counts {
    /// A word that is taken for a short one has at most so many letters.
    pub const SHORT_LETTERS: u32 = 4;

    /// Counts one more word.
    pub fn add_word(&mut self, letters: u32, syllables: u32) {
        self.words += 1;
        self.letters += letters;
        self.syllables += syllables;
        self.monosyllables += u32::from(syllables == 1);
        self.polysyllables += u32::from(syllables >= 3);
        self.long_words += u32::from(letters > 6);
    }

    /// The same, if some of the words had been others.
    pub fn with_others(&self, some: &Counts, others: &Counts) -> Counts {
        Counts {
            sentences: self.sentences,
            words: self.words - some.words + others.words,
            syllables: self.syllables - some.syllables + others.syllables,
            monosyllables: self.monosyllables - some.monosyllables + others.monosyllables,
            polysyllables: self.polysyllables - some.polysyllables + others.polysyllables,
            letters: self.letters - some.letters + others.letters,
            long_words: self.long_words - some.long_words + others.long_words,
        }
    }

    fn words_per_sentence(&self) -> f64 {
        f64::from(self.words) / f64::from(self.sentences)
    }

    fn syllables_per_word(&self) -> f64 {
        f64::from(self.syllables) / f64::from(self.words)
    }

    /// So many of the words, in percent.
    fn percent(&self, of: u32) -> f64 {
        100.0 * f64::from(of) / f64::from(self.words)
    }
}

/// Flesch–Kincaid grade: `0.39 × words/sentence + 11.8 × syllables/word − 15.59`.
///
/// Kincaid JP, Fishburne RP, Rogers RL, Chissom BS. Derivation of new readability formulas for Navy enlisted personnel. Research
/// Branch Report 8-75, 1975.
pub fn flesch_kincaid(counts: &Counts) -> f32 {
    (0.39 * counts.words_per_sentence() + 11.8 * counts.syllables_per_word() - 15.59) as f32
}

/// Flesch reading ease: `206.835 − 1.015 × words/sentence − 84.6 × syllables/word`.
///
/// Flesch R. A new readability yardstick. Journal of Applied Psychology 1948; 32: 221–233.
pub fn flesch_ease(counts: &Counts) -> f32 {
    (206.835 - 1.015 * counts.words_per_sentence() - 84.6 * counts.syllables_per_word()) as f32
}

/// SMOG: `1.0430 × √(polysyllables × 30/sentences) + 3.1291`.
///
/// McLaughlin GH. SMOG grading: a new readability formula. Journal of Reading 1969; 12: 639–646.
pub fn smog(counts: &Counts) -> f32 {
    let in_thirty = f64::from(counts.polysyllables) * 30.0 / f64::from(counts.sentences);
    (1.0430 * in_thirty.sqrt() + 3.1291) as f32
}

/// Fernández Huerta: `206.84 − 60 × syllables/word − 1.02 × words/sentence`.
///
/// Fernández Huerta J. Medidas sencillas de lecturabilidad. Consigna 1959; 214: 29–32. As printed, the second term is sentences per
/// hundred words, which would call short sentences hard; G. Law (2011) showed that words per sentence were meant.
pub fn fernandez_huerta(counts: &Counts) -> f32 {
    (206.84 - 60.0 * counts.syllables_per_word() - 1.02 * counts.words_per_sentence()) as f32
}

/// Flesch–Szigriszt: `206.835 − 62.3 × syllables/word − words/sentence`.
///
/// Szigriszt Pazos F. Sistemas predictivos de legibilidad del mensaje escrito: fórmula de perspicuidad. Universidad Complutense de
/// Madrid, 1993. The INFLESZ scale divides it into bands: Barrio-Cantalejo IM et al. Validación de la Escala INFLESZ para evaluar la
/// legibilidad de los textos dirigidos a pacientes. Anales del Sistema Sanitario de Navarra 2008; 31: 135–152.
pub fn flesch_szigriszt(counts: &Counts) -> f32 {
    (206.835 - 62.3 * counts.syllables_per_word() - counts.words_per_sentence()) as f32
}

/// First Wiener Sachtextformel: `0.1935 × MS + 0.1672 × SL + 0.1297 × IW − 0.0327 × ES − 0.875`, where MS, IW and ES are the words of
/// three syllables or more, of more than six letters, and of one syllable, in percent, and SL is words per sentence.
///
/// Bamberger R, Vanecek E. Lesen – Verstehen – Lernen – Schreiben. Wien: Jugend und Volk, 1984.
pub fn wiener(counts: &Counts) -> f32 {
    (0.1935 * counts.percent(counts.polysyllables)
        + 0.1672 * counts.words_per_sentence()
        + 0.1297 * counts.percent(counts.long_words)
        - 0.0327 * counts.percent(counts.monosyllables)
        - 0.875) as f32
}

/// LIX: words per sentence, and words of more than six letters in percent.
///
/// Björnsson CH. Läsbarhet. Stockholm: Liber, 1968.
pub fn lix(counts: &Counts) -> f32 {
    (counts.words_per_sentence() + counts.percent(counts.long_words)) as f32
}

/// Kandel–Moles: `207 − 1.015 × words/sentence − 73.6 × syllables/word`.
///
/// Kandel L, Moles A. Application de l’indice de Flesch à la langue française. Cahiers d’études de radio-télévision 1958; 19: 253–274.
pub fn kandel_moles(counts: &Counts) -> f32 {
    (207.0 - 1.015 * counts.words_per_sentence() - 73.6 * counts.syllables_per_word()) as f32
}

/// Gulpease: `89 + (300 × sentences − 10 × letters) / words`.
///
/// Lucisano P, Piemontese ME. GULPEASE: una formula per la predizione della difficoltà dei testi in lingua italiana. Scuola e città
/// 1988; 3: 110–124.
pub fn gulpease(counts: &Counts) -> f32 {
    (89.0 + (300.0 * f64::from(counts.sentences) - 10.0 * f64::from(counts.letters)) / f64::from(counts.words)) as f32
}
