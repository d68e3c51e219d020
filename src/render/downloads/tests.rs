use serde_json::json;

use super::*;
use crate::config::{Citations, Config};
use crate::content::reference::Bibliography;
use crate::parse::bibliography::bibliography;
use crate::source::{SitePath, Sources, Spanned};

fn read(name: &str, text: &str) -> Bibliography {
    let mut sources = Sources::default();
    sources.files.insert(SitePath::new(format!("content/{name}")), text.into());
    let config = Config {
        language: "en-GB".into(),
        citations: Citations { bibliography: vec![Spanned::new(name.to_owned(), 0..0)], ..Citations::default() },
        ..Config::default()
    };
    bibliography(&sources, &config)
}

/// What a file says when written as `.bib` and read again.
#[track_caller]
fn check_round_trip(first: &Bibliography) {
    let works: Vec<&Work> = first.works.values().collect();
    let written = bib(&works);
    let second = read("again.bib", &written);
    let errors: Vec<_> = second.faults.iter().filter(|fault| fault.rule != "bibliography-field-missing").collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(first.works.len(), second.works.len());
    for (key, work) in &first.works {
        let again = &second.works[key];
        assert_eq!(again.csl, work.csl, "{written}");
    }
}

#[test]
fn bib_reads_back_as_the_same_works() {
    let works = read("works.bib", include_str!("../../../tests/citations/works.bib"));
    assert!(works.works.len() >= 40);
    check_round_trip(&works);
}

#[test]
fn bib_keeps_what_other_formats_say() {
    let odd = json!([
        {
            "id": "odd:key/1", "type": "interview", "title": "100% of <i>A_B</i> & {C} \\ ~ ^ # $5", "note": "it's “so” — 'ok' ``",
            "author": [
                {"family": "Haan", "given": "Marten", "non-dropping-particle": "de", "suffix": "Jr."},
                {"family": "de Souza, Jr", "given": "A."},
                {"family": "García Márquez"},
                {"family": "Plato"},
                {"literal": "Smith and Sons, Ltd"},
                {"literal": "others"},
            ],
            "publisher": "Barnes and Noble", "issued": {"date-parts": [[-44, 3, 15]]}, "language": "x-nonsense",
        },
        {"id": "open", "type": "book", "title": "T", "publisher": "P", "issued": {"date-parts": [[2012, 3], [0]], "circa": true}},
        {"id": "talk", "type": "speech", "title": "A talk: at home", "status": "in press"},
        {"id": "vol", "type": "book", "title": "Whole", "volume-title": "Part", "publisher": "P", "issued": {"date-parts": [[1999]]}},
    ]);
    let mut first = read("odd.json", &odd.to_string());
    assert_eq!(first.works.len(), 4);
    // A language that no tag names is the one thing that a `.bib` file cannot say.
    std::sync::Arc::make_mut(&mut first.works.get_mut("odd:key/1").unwrap().csl).remove("language");
    check_round_trip(&first);
}

#[test]
fn csl_json_reads_back_as_the_same_works() {
    let first = read("works.bib", include_str!("../../../tests/citations/works.bib"));
    let second = read("works.json", &csl_json(&first.works.values().collect::<Vec<_>>()));
    for (key, work) in &first.works {
        assert_eq!(second.works[key].csl, work.csl);
    }
}

#[test]
fn ris_records() {
    let works = read(
        "works.bib",
        "@article{elkin1989, author={Elkin, I. and van Dyck, R. and Reynolds, III, C. F. and {NIMH} and others}, title={\\emph{General}
         effectiveness}, journal={Arch Gen Psychiatry}, date={1989-11}, volume=46, number=11, pages={971--982}, doi={10.1001/x},
         pmid=2684085, keywords={depression, trials}}
         @collection{ed, editor={Joiner, T.}, title={Whole}, publisher={APA}, location={Washington}, year=1999}
         @online{web, title={Page}, url={https://x.y}, urldate={2024-01-31}}",
    );
    let ordered = ["elkin1989", "ed", "web"].map(|key| &works.works[key]);
    assert_eq!(
        ris(&ordered),
        "TY  - JOUR\r\nID  - elkin1989\r\nAU  - Elkin, I.\r\nAU  - van Dyck, R.\r\nAU  - Reynolds, C. F., III\r\nAU  - NIMH\r\n\
         AU  - et al.\r\nTI  - General effectiveness\r\nT2  - Arch Gen Psychiatry\r\nPY  - 1989\r\nDA  - 1989/11//\r\nSP  - 971\r\n\
         EP  - 982\r\nVL  - 46\r\nIS  - 11\r\nDO  - 10.1001/x\r\nAN  - 2684085\r\nKW  - depression\r\nKW  - trials\r\nER  - \r\n\r\n\
         TY  - EDBOOK\r\nID  - ed\r\nA2  - Joiner, T.\r\nTI  - Whole\r\nPY  - 1999\r\nDA  - 1999///\r\nPB  - APA\r\n\
         CY  - Washington\r\nER  - \r\n\r\n\
         TY  - ELEC\r\nID  - web\r\nTI  - Page\r\nY2  - 2024/01/31/\r\nUR  - https://x.y\r\nER  - \r\n\r\n"
    );
}
