//! Characters that an eye takes for others, or does not see: mail, chat, word processors and web pages put them into
//! what people copy.

/// Characters that nobody sees: soft hyphens, joiners, marks of the writing direction, byte order marks, variation
/// selectors. Source: Unicode 16, property `Default_Ignorable_Code_Point`, those that occur in copied text.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{fe0f}' | '\u{feff}')
}

/// Characters that look like a blank and are none to XML.
pub fn is_false_blank(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Quotation marks to the eye that are none to XML.
pub fn is_curly_quote(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201f}' | '\u{2032}' | '\u{2033}' | '\u{ab}' | '\u{bb}' | '\u{b4}' | '`'
        | '\u{ff02}' | '\u{ff07}' | '\u{301d}'..='\u{301f}')
}

/// Quotation marks, to XML or to the eye.
pub fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'') || is_curly_quote(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_of_two_kinds_and_none_that_people_type_is_of_any() {
        for c in ('\u{80}'..='\u{ffff}').filter(|&c| c != '\u{b4}') {
            let kinds = [is_invisible(c), is_false_blank(c), is_curly_quote(c)];
            assert!(kinds.iter().filter(|is| **is).count() <= 1, "{c:?}");
            assert!(!c.is_alphanumeric() || kinds == [false; 3], "{c:?}");
        }
        for c in (' '..='~').filter(|&c| c != '`') {
            assert!(!is_invisible(c) && !is_false_blank(c) && !is_curly_quote(c), "{c:?}");
        }
    }
}
