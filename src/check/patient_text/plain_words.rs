//! Clinical and official words with what to say in their place, by language. Words of a therapy are no part of it: a site lists those
//! itself.
//!
//! Only words that patients seldom know or that judge them, and that nearly always mean the same: `affect` is left out since it is an
//! ordinary verb, too.

use crate::readability::Language;

/// Words in lower case, each with a plain wording.
pub(super) fn of(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::English => ENGLISH,
        Language::French | Language::German | Language::Italian | Language::Spanish => &[],
    }
}

const ENGLISH: &[(&str, &str)] = &[
    ("activities of daily living", "everyday tasks, such as washing and cooking"),
    ("adverse effect", "side effect"),
    ("adverse event", "side effect, or harm"),
    ("aetiology", "cause"),
    ("ameliorate", "ease"),
    ("anhedonia", "not enjoying things any more"),
    ("anhedonic", "not able to enjoy things"),
    ("ascertain", "find out"),
    ("asymptomatic", "without symptoms"),
    ("biopsychosocial", "of body, mind and life with others"),
    ("cessation", "stopping"),
    ("chronicity", "how long it has lasted"),
    ("cognition", "thought"),
    ("cognitive distortion", "unhelpful thought"),
    ("commence", "start"),
    ("comorbid", "at the same time"),
    ("comorbidities", "other illnesses at the same time"),
    ("comorbidity", "another illness at the same time"),
    ("contraindicated", "not safe for you"),
    ("contraindication", "reason not to use it"),
    ("decompensate", "get worse"),
    ("decompensation", "getting worse"),
    ("deficit", "difficulty"),
    ("deterioration", "getting worse"),
    ("differential diagnosis", "what else it could be"),
    ("dysfunction", "problem"),
    ("dysfunctional", "unhelpful, or not working well"),
    ("dysphoria", "low mood"),
    ("dysphoric", "low"),
    ("dysregulated", "hard to control"),
    ("dysregulation", "trouble with controlling feelings"),
    ("efficacious", "helpful"),
    ("efficacy", "how well it works"),
    ("endeavor", "try"),
    ("endeavour", "try"),
    ("etiology", "cause"),
    ("euthymic", "in a steady mood"),
    ("exacerbate", "make worse"),
    ("exacerbation", "getting worse"),
    ("facilitate", "help with"),
    ("hypersomnia", "sleeping too much"),
    ("in order to", "to"),
    ("insomnia", "trouble with sleeping"),
    ("labile", "quick to change"),
    ("lability", "quick changes"),
    ("lethargy", "tiredness"),
    ("maladaptive", "unhelpful"),
    ("maladjusted", "finding it hard to cope"),
    ("maladjustment", "trouble with coping"),
    ("manifestation", "sign"),
    ("methodology", "way of doing it"),
    ("mood disorder", "illness of mood"),
    ("morbidity", "illness"),
    ("mortality", "deaths"),
    ("multidisciplinary", "with different professions"),
    ("neurovegetative", "of the body"),
    ("non-adherence", "not keeping to the treatment"),
    ("non-adherent", "not keeping to the treatment"),
    ("non-compliance", "not keeping to the treatment"),
    ("non-compliant", "not keeping to the treatment"),
    ("noncompliance", "not keeping to the treatment"),
    ("noncompliant", "not keeping to the treatment"),
    ("onset", "start"),
    ("pathogenesis", "how it begins"),
    ("pathological", "part of an illness"),
    ("pathologies", "illnesses"),
    ("pathology", "illness"),
    ("pharmacological", "with medicine"),
    ("pharmacotherapy", "medicine"),
    ("polypharmacy", "taking many medicines"),
    ("precipitant", "what set it off"),
    ("precipitating", "that set it off"),
    ("predisposing", "that make it more likely"),
    ("predisposition", "being more likely to get it"),
    ("premorbid", "before the illness"),
    ("presenting complaint", "what you came for"),
    ("presenting problem", "what you came for"),
    ("prior to", "before"),
    ("prodromal", "early"),
    ("prodrome", "early signs"),
    ("prognosis", "how it is likely to go"),
    ("prophylactic", "to prevent it"),
    ("prophylaxis", "prevention"),
    ("psychomotor", "of movement"),
    ("psychopathology", "mental illness"),
    ("psychopharmacological", "with medicine"),
    ("psychosocial", "to do with your mind and your life with others"),
    ("psychotropic", "for the mind"),
    ("recidivism", "going back to it"),
    ("refractory", "hard to treat"),
    ("rumination", "going over the same thoughts again and again"),
    ("self-efficacy", "trust in what you can do"),
    ("sequelae", "what comes after"),
    ("somatic", "of the body"),
    ("subsequent", "later"),
    ("subsequently", "later"),
    ("substance abuse", "trouble with drugs or alcohol"),
    ("suicidal ideation", "thoughts of suicide"),
    ("suicidality", "thoughts of suicide"),
    ("symptomatic", "with symptoms"),
    ("symptomatology", "symptoms"),
    ("terminate", "end"),
    ("termination", "ending"),
    ("titrate", "change the dose step by step"),
    ("titration", "changing the dose step by step"),
    ("treatment modality", "kind of treatment"),
    ("utilisation", "use"),
    ("utilise", "use"),
    ("utilization", "use"),
    ("utilize", "use"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order_and_in_lower_case() {
        assert!(ENGLISH.is_sorted_by(|(a, _), (b, _)| a < b));
        assert!(ENGLISH.iter().all(|(word, _)| word.to_lowercase() == *word));
    }

    #[test]
    fn no_plain_wording_is_on_the_list_itself() {
        for (word, plain) in ENGLISH {
            let again = ENGLISH.iter().find(|(known, _)| plain.split([' ', ',']).any(|part| part == *known));
            assert_eq!(again, None, "what stands for {word}");
        }
    }
}
