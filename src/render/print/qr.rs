//! The code on a sheet that a telephone reads.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// An address as a QR code, drawn with lines; `None` for one that is too long. The quiet zone around it is for the theme.
pub fn svg(address: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                let _ = write!(path, "M{x} {y}h{}v1h-{}z", run.len(), run.len());
            }
            x += run.len();
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {width}\" width=\"{width}\" height=\"{width}\"><path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners() {
        let svg = svg("https://clinic.example/patient/c/HO-GRIEF.html?v=1.0").unwrap();
        assert!(svg.contains("M0 0h7v1h-7z"), "{svg}");
        assert_eq!(super::svg(&"x".repeat(5000)), None);
    }
}
