//! Asks a server on this computer that answers in every bad way a server can.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use jiff::civil::date;
use psychoed::probe::{self, Cache, Manner};
use psychoed::site::web::{LinkStatus, WebLinks};

const TODAY: jiff::civil::Date = date(2026, 11, 22);

/// A server, with what it was asked.
struct Hostile {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
    most_at_once: Arc<AtomicUsize>,
}

impl Hostile {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (asked, at_once, most_at_once): (Arc<Mutex<Vec<String>>>, _, _) =
            (Arc::default(), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (log, most) = (asked.clone(), most_at_once.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, at_once, most) = (log.clone(), at_once.clone(), most.clone());
                thread::spawn(move || {
                    most.fetch_max(at_once.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    let _ = serve(stream, port, &log);
                    at_once.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { port, asked, most_at_once }
    }

    fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    fn asked(&self, what: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| *asked == what).count()
    }

    fn manner(&self) -> Manner {
        Manner {
            timeout: Duration::from_millis(1500),
            pause: Duration::from_millis(1),
            tries: 2,
            private_hosts: vec![self.host()],
            trusted: Vec::new(),
        }
    }

    fn ask(&self, path: &str) -> LinkStatus {
        let address = self.at(path);
        let links = ask(&[&address], &self.manner(), &mut Cache::default());
        links[&address].clone()
    }
}

fn ask(addresses: &[&str], manner: &Manner, cache: &mut Cache) -> WebLinks {
    let addresses: BTreeSet<String> = addresses.iter().map(|address| (*address).to_owned()).collect();
    probe::ask(&addresses, manner, cache, TODAY, &|_, _| {})
}

/// Answers one request and hangs up.
fn serve(mut stream: TcpStream, port: u16, log: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut line = String::new();
    let mut reader = BufReader::new(stream.try_clone()?);
    reader.read_line(&mut line)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let mut words = line.split(' ');
    let (method, path) = (words.next().unwrap_or_default().to_owned(), words.next().unwrap_or_default().to_owned());
    log.lock().unwrap().push(format!("{method} {path}"));
    let head = method == "HEAD";
    let mut answer = |status: &str, headers: &str, body: &str| {
        let length = body.len();
        let body = if head { "" } else { body };
        write!(stream, "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}")
    };
    let html = "content-type: text/html; charset=utf-8\r\n";
    match path.as_str() {
        "/alive" => answer("200 OK", html, "<h1 id=top-of-it>Here</h1><a name='old-place'>x</a>"),
        "/gone" => answer("410 Gone", "", ""),
        "/missing" => answer("404 Not Found", "", ""),
        "/no-head" if head => answer("405 Method Not Allowed", "", ""),
        "/head-lies" if head => answer("404 Not Found", "", ""),
        "/head-hangs-up" if head => Ok(()),
        "/no-head" | "/head-lies" | "/head-hangs-up" => answer("200 OK", html, "fine"),
        "/moved" => answer("301 Moved Permanently", "location: /alive\r\n", ""),
        "/away" => answer("302 Found", "location: /alive\r\n", ""),
        "/moved-to-nothing" => answer("308 Permanent Redirect", "location: missing\r\n", ""),
        "/circle" => answer("302 Found", "location: /circle\r\n", ""),
        "/nowhere" => answer("302 Found", "", ""),
        "/script" => answer("302 Found", "location: javascript:alert(1)\r\n", ""),
        "/file" => answer("302 Found", "location: file:///etc/passwd\r\n", ""),
        "/inside" => answer("302 Found", &format!("location: http://localhost:{port}/secret\r\n"), ""),
        "/cloud" => answer("301 Moved Permanently", "location: http://169.254.169.254/latest/meta-data/\r\n", ""),
        "/six" => answer("302 Found", &format!("location: http://[::1]:{port}/secret\r\n"), ""),
        "/number" => answer("302 Found", &format!("location: http://2130706433:{port}/secret\r\n"), ""),
        "/busy" => answer("429 Too Many Requests", "retry-after: 3600\r\n", ""),
        "/broken" => answer("503 Service Unavailable", "", ""),
        "/login" => answer("401 Unauthorized", "", ""),
        "/forbidden" => answer("403 Forbidden", "", ""),
        "/silent" => {
            thread::sleep(Duration::from_secs(4));
            Ok(())
        }
        "/drip" => {
            write!(stream, "HTTP/1.1 200 OK\r\n")?;
            for _ in 0..100 {
                write!(stream, "x-drip: drop\r\n")?;
                thread::sleep(Duration::from_millis(100));
            }
            Ok(())
        }
        "/headers" => {
            write!(stream, "HTTP/1.1 200 OK\r\n")?;
            let line = format!("x-long: {}\r\n", "a".repeat(8000));
            (0..10_000).try_for_each(|_| stream.write_all(line.as_bytes()))
        }
        "/endless" => {
            write!(stream, "HTTP/1.1 200 OK\r\n{html}connection: close\r\n\r\n")?;
            let words = "<p>and so on</p>".repeat(4096);
            (0..10_000).try_for_each(|_| stream.write_all(words.as_bytes()))
        }
        "/bomb" => {
            // Twenty bytes of it unpack to many: not worth more to us than what we read.
            write!(stream, "HTTP/1.1 200 OK\r\n{html}content-encoding: gzip\r\nconnection: close\r\n\r\n")?;
            stream.write_all(b"\x1f\x8b\x08\0\0\0\0\0\0\x03nonsense")
        }
        "/nonsense" => stream.write_all(b"SSH-2.0-OpenSSH_9.6\r\n"),
        "/flaky" if log.lock().unwrap().iter().filter(|asked| asked.ends_with("/flaky")).count() < 3 => {
            answer("502 Bad Gateway", "", "")
        }
        "/flaky" => answer("200 OK", html, "at last"),
        _ => answer("200 OK", html, "secret"),
    }
}

fn dead(why: &str) -> LinkStatus {
    LinkStatus::Dead { why: why.to_owned() }
}

fn not_checked(why: &str) -> LinkStatus {
    LinkStatus::NotChecked { why: why.to_owned() }
}

#[test]
fn what_lives_is_told_from_what_is_gone() {
    let server = Hostile::start();
    for path in ["/alive", "/no-head", "/head-lies", "/head-hangs-up", "/away"] {
        assert_eq!(server.ask(path), LinkStatus::Alive, "{path}");
    }
    assert_eq!(server.asked("GET /alive"), 0, "a head says enough");
    assert_eq!(server.ask("/missing"), dead("it answers “404 Not Found”"));
    assert_eq!(server.ask("/gone"), dead("it answers “410 Gone”"));
    assert_eq!(server.ask("/moved"), LinkStatus::Moved { to: server.at("/alive") });
    assert_eq!(server.ask("/moved-to-nothing"), dead("it answers “404 Not Found”"));
}

#[test]
fn places_on_pages_are_looked_for() {
    let server = Hostile::start();
    assert_eq!(server.ask("/alive#top-of-it"), LinkStatus::Alive);
    assert_eq!(server.ask("/alive#old-place"), LinkStatus::Alive);
    assert_eq!(server.ask("/alive#elsewhere"), LinkStatus::AnchorMissing);
    assert_eq!(server.ask("/away#elsewhere"), LinkStatus::AnchorMissing);
    assert_eq!(server.ask("/moved#top-of-it"), LinkStatus::Moved { to: server.at("/alive#top-of-it") });
    assert_eq!(server.ask("/alive#:~:text=elsewhere"), LinkStatus::Alive);
}

#[test]
fn what_cannot_be_told_is_never_called_dead() {
    let server = Hostile::start();
    assert_eq!(server.ask("/busy"), not_checked("it answers “429 Too Many Requests”"));
    assert_eq!(server.asked("GET /busy"), 1, "a host that wants peace for an hour gets it");
    assert_eq!(server.ask("/broken"), not_checked("it answers “503 Service Unavailable”"));
    assert_eq!(server.asked("GET /broken"), 2, "one that is down is asked again");
    assert_eq!(server.ask("/flaky"), LinkStatus::Alive);
    let refuses = |status: &str| not_checked(&format!("it answers “{status}”, which some sites say to every program"));
    assert_eq!(server.ask("/login"), refuses("401 Unauthorized"));
    assert_eq!(server.ask("/forbidden"), refuses("403 Forbidden"));
    assert_eq!(server.ask("/nonsense"), not_checked("its answer could not be understood"));
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let manner = Manner { private_hosts: vec![closed.to_string()], ..server.manner() };
    let address = format!("http://{closed}/");
    assert_eq!(ask(&[&address], &manner, &mut Cache::default())[&address], not_checked("it takes no connections"));
    let nobody = "http://no-such-host.invalid/";
    let alone = ask(&[nobody], &server.manner(), &mut Cache::default());
    assert!(matches!(alone[nobody], LinkStatus::NotChecked { .. }), "{alone:?}");
}

#[test]
fn a_hostile_server_gets_no_further_than_its_time_and_our_memory() {
    let server = Hostile::start();
    let started = Instant::now();
    assert_eq!(server.ask("/circle"), dead("it leads on more than 10 times"));
    assert_eq!(server.ask("/nowhere"), dead("it answers “302 Found” and does not say where to"));
    assert_eq!(server.ask("/script"), dead("it leads on to something other than a page: `javascript:`"));
    assert_eq!(server.ask("/file"), dead("it leads on to something other than a page: `file:`"));
    for path in ["/silent", "/drip", "/headers"] {
        assert!(matches!(server.ask(path), LinkStatus::NotChecked { .. }), "{path}");
    }
    // More than we read: nothing can be said about the anchor.
    assert_eq!(server.ask("/endless#somewhere"), LinkStatus::Alive);
    assert!(matches!(server.ask("/bomb#somewhere"), LinkStatus::NotChecked { .. }));
    assert!(started.elapsed() < Duration::from_secs(60), "took {:?}", started.elapsed());
}

#[test]
fn nothing_private_is_asked_even_when_something_allowed_leads_on_to_it() {
    let server = Hostile::start();
    let private = |host: &str| LinkStatus::Private { host: host.to_owned() };
    assert_eq!(server.ask("/inside"), private("localhost"));
    assert_eq!(server.ask("/cloud"), private("169.254.169.254"));
    assert_eq!(server.ask("/six"), private("[::1]"));
    let secrets = server.asked("GET /secret") + server.asked("HEAD /secret");
    assert_eq!(secrets, 0);
    let manner = Manner { private_hosts: Vec::new(), ..server.manner() };
    for address in [
        server.at("/alive"),
        format!("http://localhost:{}/alive", server.port),
        format!("http://2130706433:{}/", server.port),
    ] {
        let links = ask(&[&address], &manner, &mut Cache::default());
        assert!(matches!(links[&address], LinkStatus::Private { .. }), "{links:?}");
    }
    let with_password = format!("http://me:secret@{}/alive", server.host());
    let links = ask(&[&with_password], &server.manner(), &mut Cache::default());
    assert_eq!(links[&with_password], not_checked("it holds a user name"));
}

#[test]
fn a_host_is_asked_by_one_request_at_a_time_and_not_again_within_a_week() {
    let server = Hostile::start();
    let addresses: Vec<String> = (0..12).map(|number| server.at(&format!("/page-{number}"))).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let mut cache = Cache::default();
    ask(&addresses, &server.manner(), &mut cache);
    assert_eq!(server.most_at_once.load(Ordering::SeqCst), 1);
    let asked = server.asked.lock().unwrap().len();
    let kept = cache.to_bytes(TODAY);
    let read = || Cache::from_bytes(&kept).unwrap();
    let again = ask(&addresses, &server.manner(), &mut read());
    assert_eq!((again.len(), server.asked.lock().unwrap().len()), (12, asked), "all was known");
    let set: BTreeSet<String> = addresses.iter().map(|address| (*address).to_owned()).collect();
    probe::ask(&set, &server.manner(), &mut read(), date(2026, 12, 1), &|_, _| {});
    assert_eq!(server.asked.lock().unwrap().len(), 2 * asked, "a week later they are asked again");
    let again = Cache::from_bytes(&read().to_bytes(date(2026, 12, 1))).unwrap();
    ask(&addresses[..1], &server.manner(), &mut { again });
    assert_eq!(server.asked.lock().unwrap().len(), 2 * asked + 1, "what is too old is not remembered");
    for other in ["", "{ broken", "{}", "{\"links\": {}, \"name\": \"a\"}"] {
        assert!(Cache::from_bytes(other.as_bytes()).is_none(), "{other}");
    }
}

#[test]
fn the_command_asks_reports_and_remembers() {
    let server = Hostile::start();
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    std::fs::create_dir(&content).unwrap();
    let page = format!(
        "+++\nkind = \"page\"\ntitle = \"Home\"\n+++\n\nRead [one]({}), [two]({}) and [three]({}).\n",
        server.at("/alive"),
        server.at("/missing"),
        server.at("/trusted/missing")
    );
    std::fs::write(content.join("index.md"), page).unwrap();
    let config = format!(
        "title = \"Clinic\"\nlanguage = \"en\"\n[external-links]\nprivate-hosts = [\"{}\"]\ntrusted = [\"{}\"]\n",
        server.host(),
        server.at("/trusted/*")
    );
    std::fs::write(folder.path().join("site-config.toml"), config).unwrap();
    let check = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_psychoed"));
        command.args(["check", "--today", "2026-11-22", "--root"]).arg(folder.path()).args(more);
        command.output().unwrap()
    };
    assert!(check(&[]).status.success(), "without being told to, nothing is asked");
    assert_eq!(server.asked.lock().unwrap().len(), 0);
    let output = check(&["--external"]);
    assert_eq!(output.status.code(), Some(1));
    let column = "Read [one](), [two](".len() + server.at("/alive").len() + 1;
    let text = String::from_utf8(output.stderr).unwrap();
    let expected = format!(
        "error[web-link-dead]: “{}” leads nowhere: it answers “404 Not Found”\n --> content/index.md:6:{column}\n",
        server.at("/missing")
    );
    assert!(text.starts_with(&expected), "{text}");
    assert!(text.contains("1 error"), "{text}");
    assert_eq!(server.asked("GET /trusted/missing"), 0);
    let cache = std::fs::read_to_string(folder.path().join(".psychoed/web-links.json")).unwrap();
    assert!(cache.contains("/alive"), "{cache}");
    assert_eq!(std::fs::read_to_string(folder.path().join(".psychoed/.gitignore")).unwrap(), "*\n");

    std::fs::write(folder.path().join(".psychoed/web-links.json"), "{ broken").unwrap();
    assert_eq!(check(&["--external"]).status.code(), Some(1), "a damaged file knows nothing");
    assert_eq!(server.asked("HEAD /alive"), 2);

    let named = folder.path().join("links/mine.json");
    let check_with = |file: &std::path::Path| check(&["--external", "--cache", file.to_str().unwrap()]);
    assert_eq!(check_with(&named).status.code(), Some(1));
    assert_eq!(std::fs::read_dir(named.parent().unwrap()).unwrap().count(), 1, "a named file has nothing beside it");
    assert_eq!(check_with(&named).status.code(), Some(1));
    assert_eq!(server.asked("HEAD /alive"), 3, "it is read again");
    let page = content.join("index.md");
    let before = std::fs::read(&page).unwrap();
    let refused = check_with(&page);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("so it is left alone"));
    assert_eq!(std::fs::read(&page).unwrap(), before);
}
