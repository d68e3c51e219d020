//! Opening a source in the writer's editor, at the line.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use url::form_urlencoded::{self, Serializer};

use super::address;
use crate::source::SitePath;

/// What the environment says about editors: values as they were found.
#[derive(Clone, Debug, Default)]
pub struct Env {
    /// `PSYCHOED_EDITOR`: trusted to be a program with a window. `{file}` and `{line}` in it are replaced.
    pub psychoed_editor: Option<String>,
    /// `VISUAL`.
    pub visual: Option<String>,
    /// `EDITOR`.
    pub editor: Option<String>,
}

/// What a link to [`address::OPEN`] asks for. The path comes from a browser: only a file among the sources may be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The file, from the project's root.
    pub file: SitePath,
    /// The line, from 1.
    pub line: usize,
}

impl Asked {
    /// Reads the query of a link; `None` when it names no file. `Request::from_here` tells whether its token is the run's.
    pub fn read(query: &str) -> Option<Self> {
        let value = |name: &str| {
            form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        };
        let line = value("line").and_then(|line| line.parse().ok()).filter(|line| *line > 0).unwrap_or(1);
        Some(Self { file: SitePath::new(value("file")?), line })
    }
}

/// The address that opens a file at a line.
pub fn link(file: &SitePath, line: usize, token: &str) -> String {
    let query = Serializer::new(String::new())
        .append_pair("file", file.as_str())
        .append_pair("line", &line.to_string())
        .append_pair("token", token)
        .finish();
    format!("{}?{query}", address::OPEN)
}

/// How an editor wants to be told a line.
#[derive(Clone, Copy)]
enum Syntax {
    /// `-g FILE:LINE`
    Goto,
    /// `FILE:LINE`
    Colon,
    /// `+LINE FILE`
    Plus,
    /// `OPTION LINE FILE`
    Option(&'static str),
    /// `-nLINE FILE`
    Notepad,
    /// `-- +LINE FILE`: for another editor behind this one
    Behind,
    /// Not at all.
    No,
}

/// Editors that open a window of their own. Those that need a terminal are missing on purpose: it shows what `serve` says.
const WINDOWED: &[(&[&str], Syntax)] = &[
    (&["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf", "positron"], Syntax::Goto),
    (&["subl", "sublime_text", "zed", "zeditor", "zedit", "pulsar", "atom", "lapce"], Syntax::Colon),
    (&["gvim", "mvim", "gedit", "xed", "pluma", "bbedit", "emacsclient", "emacs"], Syntax::Plus),
    (&["kate", "kwrite", "mate", "geany", "mousepad"], Syntax::Option("-l")),
    (&["idea", "pycharm", "webstorm", "rustrover", "phpstorm", "clion", "goland", "fleet"], Syntax::Option("--line")),
    (&["notepad++"], Syntax::Notepad),
    (&["neovide", "nvim-qt"], Syntax::Behind),
    (&["notepad", "textedit", "gnome-text-editor", "featherpad", "leafpad", "l3afpad"], Syntax::No),
];

/// Options that keep an editor with windows in the terminal.
const IN_TERMINAL: &[&str] = &["-nw", "--no-window-system", "-t", "-tty", "--tty"];

/// The program that opens `file`, which is absolute, at a line, with its arguments. `None` when the environment names no editor
/// that can be used, so that the system's own choice is left.
pub fn command(env: &Env, file: &Path, line: usize) -> Option<(String, Vec<OsString>)> {
    let own = env.psychoed_editor.as_deref().and_then(|value| chosen(value, file, line, true));
    own.or_else(|| [&env.visual, &env.editor].into_iter().flatten().find_map(|value| chosen(value, file, line, false)))
}

fn chosen(value: &str, file: &Path, line: usize, trusted: bool) -> Option<(String, Vec<OsString>)> {
    let mut words = words(value);
    if words.is_empty() {
        return None;
    }
    let program = words.remove(0);
    let line = line.to_string();
    if trusted && words.iter().any(|word| word.contains("{file}")) {
        let file = file.to_string_lossy();
        let filled = words.iter().map(|word| word.replace("{line}", &line).replace("{file}", &file).into());
        return Some((program, filled.collect()));
    }
    let name = name_of(&program);
    let known = WINDOWED.iter().find(|(names, _)| names.contains(&name.as_str())).map(|(_, syntax)| *syntax);
    let in_terminal = name.contains("emacs") && words.iter().any(|word| IN_TERMINAL.contains(&word.as_str()));
    let syntax = match known {
        Some(_) if in_terminal && !trusted => return None,
        Some(syntax) => syntax,
        None if trusted => Syntax::No,
        None => return None,
    };
    let mut arguments: Vec<OsString> = words.into_iter().map(OsString::from).collect();
    let plus = || OsString::from(format!("+{line}"));
    let with_line = || {
        let mut with_line = file.as_os_str().to_owned();
        with_line.push(format!(":{line}"));
        with_line
    };
    let whole = || file.as_os_str().to_owned();
    arguments.extend(match syntax {
        Syntax::Goto => vec!["-g".into(), with_line()],
        Syntax::Colon => vec![with_line()],
        Syntax::Plus => vec![plus(), whole()],
        Syntax::Option(option) => vec![option.into(), line.clone().into(), whole()],
        Syntax::Notepad => vec![format!("-n{line}").into(), whole()],
        Syntax::Behind => vec!["--".into(), plus(), whole()],
        Syntax::No => vec![whole()],
    });
    Some((program, arguments))
}

/// A program's name without its folder and the endings that Windows gives programs.
fn name_of(program: &str) -> String {
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program).to_lowercase();
    let ends = [".exe", ".cmd", ".bat", ".com"];
    ends.into_iter().find_map(|end| name.strip_suffix(end)).map(str::to_owned).unwrap_or(name)
}

/// Words of a command, of which those in quotes may hold spaces. A backslash means nothing: on Windows it parts folders.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in command.chars() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, _) if character.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

/// Endings of files that a system opens in something to read or write with. Others it might run.
const HARMLESS: &[&str] =
    &["md", "toml", "bib", "json", "yaml", "yml", "csl", "css", "txt", "png", "jpg", "jpeg", "webp", "gif"];

/// Opens a file: the editor that the environment names, or else what the system has for it. Does not wait for it.
pub fn open(env: &Env, file: &Path, line: usize) -> Result<(), String> {
    if let Some((program, arguments)) = command(env, file, line) {
        return start(&program, &arguments);
    }
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    if !HARMLESS.contains(&ending.as_str()) {
        return Err(format!(
            "no editor is set for “{}”: set PSYCHOED_EDITOR to your editor's command, such as `code`",
            file.display()
        ));
    }
    open::that_detached(file).map_err(|why| {
        format!(
            "“{}” could not be opened ({why}): set PSYCHOED_EDITOR to your editor's command, such as `code`",
            file.display()
        )
    })
}

fn start(program: &str, arguments: &[OsString]) -> Result<(), String> {
    // Windows finds `code.exe` by itself, but not `code.cmd`, which several editors come with.
    let names =
        if cfg!(windows) { vec![program.to_owned(), format!("{program}.cmd")] } else { vec![program.to_owned()] };
    let mut fault = String::new();
    for name in names {
        let mut command = Command::new(&name);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match command.spawn() {
            Ok(mut child) => {
                // Somebody has to wait for it, or it stays in the list of processes when it is closed.
                std::thread::spawn(move || child.wait());
                return Ok(());
            }
            Err(why) => fault = format!("the editor “{name}” could not be started: {why}"),
        }
    }
    Err(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "/site/content/a b.md";

    fn started(psychoed: &str, visual: &str, editor: &str) -> Option<String> {
        let value = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        let env = Env { psychoed_editor: value(psychoed), visual: value(visual), editor: value(editor) };
        let (program, arguments) = command(&env, Path::new(FILE), 12)?;
        let arguments: Vec<String> = arguments.iter().map(|word| format!("[{}]", word.to_string_lossy())).collect();
        Some(format!("{program} {}", arguments.join("")))
    }

    #[test]
    fn editors_are_told_the_line_in_their_own_way() {
        let cases = [
            ("code --wait", "code [--wait][-g][/site/content/a b.md:12]"),
            ("'C:\\Program Files\\Code\\Code.exe'", "C:\\Program Files\\Code\\Code.exe [-g][/site/content/a b.md:12]"),
            ("/usr/bin/subl -n", "/usr/bin/subl [-n][/site/content/a b.md:12]"),
            ("gvim", "gvim [+12][/site/content/a b.md]"),
            ("emacsclient -n", "emacsclient [-n][+12][/site/content/a b.md]"),
            ("kate", "kate [-l][12][/site/content/a b.md]"),
            ("rustrover", "rustrover [--line][12][/site/content/a b.md]"),
            ("notepad++.exe", "notepad++.exe [-n12][/site/content/a b.md]"),
            ("neovide", "neovide [--][+12][/site/content/a b.md]"),
            ("notepad", "notepad [/site/content/a b.md]"),
        ];
        for (editor, expected) in cases {
            assert_eq!(started("", editor, "").as_deref(), Some(expected));
        }
    }

    #[test]
    fn editors_that_need_the_terminal_are_passed_over() {
        for terminal in ["vim", "nvim", "nano -w", "emacs -nw", "emacsclient -t", "hx", "unheard-of", "", "  "] {
            assert_eq!(started("", terminal, ""), None, "{terminal}");
            assert_eq!(started("", terminal, "gedit").as_deref(), Some("gedit [+12][/site/content/a b.md]"));
        }
    }

    #[test]
    fn our_own_setting_comes_first_and_is_trusted() {
        assert_eq!(started("unheard-of -x", "code", "").as_deref(), Some("unheard-of [-x][/site/content/a b.md]"));
        assert_eq!(
            started("wt vim '+{line}' \"{file}\"", "code", "").as_deref(),
            Some("wt [vim][+12][/site/content/a b.md]")
        );
    }

    #[test]
    fn a_link_is_read_back_as_it_was_written() {
        let file = SitePath::new("content/a&line=9 ü.md");
        let link = link(&file, 12, "to+ken");
        assert_eq!(link, "/_psychoed/open?file=content%2Fa%26line%3D9+%C3%BC.md&line=12&token=to%2Bken");
        let query = link.split_once('?').unwrap().1;
        assert_eq!(Asked::read(query), Some(Asked { file, line: 12 }));
        assert_eq!(Asked::read("line=12"), None);
        assert_eq!(Asked::read("file=a.md&line=0").map(|asked| asked.line), Some(1));
    }
}
