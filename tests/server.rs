//! The preview's server, as a hostile client sees it: raw bytes over a loopback connection. Every test ends by asking whether the
//! server still answers.
#![allow(clippy::disallowed_methods, reason = "tests open connections and wait")]

use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use psychoed::server::{Answer, Fault, Limits, PORT, Reload, Reloads, Request, Server, Site, Stop};

const LOCALHOST: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Long enough for a busy machine; a test that waits for it has failed.
const AT_LAST: Duration = Duration::from_secs(20);

/// Answers everything with what it was asked, and remembers it.
#[derive(Default)]
struct Echo(Mutex<Vec<Request>>);

impl Site for Echo {
    fn answer(&self, request: &Request) -> Answer {
        self.0.lock().unwrap().push(request.clone());
        let text = format!("{}|{}|{}", request.path, request.query.as_deref().unwrap_or("-"), request.from_here);
        let answer = |status, body: Vec<u8>| Answer {
            status,
            content_type: "text/html; charset=utf-8",
            policy: Some("default-src 'self'"),
            location: None,
            body: body.into(),
        };
        match request.path.as_str() {
            "/missing" => answer(404, b"missing".to_vec()),
            "/moved" => Answer { location: Some("/grief/".to_owned()), ..answer(308, Vec::new()) },
            "/moved-badly" => Answer { location: Some("/a\r\nSet-Cookie: b=c".to_owned()), ..answer(308, Vec::new()) },
            "/no-such-status" => answer(7, Vec::new()),
            "/large" => answer(200, vec![b'x'; 64 << 20]),
            "/panic" => panic!("a page that cannot be made (this test wants to see it)"),
            _ => answer(200, text.into_bytes()),
        }
    }
}

struct Preview {
    address: SocketAddr,
    token: String,
    reloads: Reloads,
    site: Arc<Echo>,
    stop: Stop,
    running: JoinHandle<Result<(), Fault>>,
}

impl Preview {
    fn start(server: Server) -> Preview {
        let site = Arc::new(Echo::default());
        let (address, token, reloads, stop) =
            (server.address(), server.token().to_owned(), server.reloads(), server.stop());
        let running = std::thread::spawn({
            let site = Arc::clone(&site);
            move || server.run(site)
        });
        Preview { address, token, reloads, site, stop, running }
    }

    fn host(&self) -> String {
        self.address.to_string()
    }

    fn connect(&self) -> Client {
        Client::connect(self.address)
    }

    /// Sends a request with the fields given, and `Host`.
    fn get(&self, target: &str, fields: &[&str]) -> Response {
        let mut client = self.connect();
        client.ask("GET", target, &self.host(), fields);
        client.response(false)
    }

    fn raw(&self, request: impl AsRef<[u8]>) -> Response {
        let mut client = self.connect();
        client.send(request);
        client.response(false)
    }

    fn stream_address(&self) -> String {
        format!("/_psychoed/reload?token={}", self.token)
    }

    fn open_stream(&self, more: &str) -> Client {
        let mut client = self.connect();
        client.ask("GET", &format!("{}{more}", self.stream_address()), &self.host(), &["Sec-Fetch-Site: same-origin"]);
        let head = client.head();
        assert_eq!(head.status, 200);
        assert_eq!(head.field("content-type"), Some("text/event-stream"));
        client
    }

    fn asked_for(&self, path: &str) -> usize {
        self.site.0.lock().unwrap().iter().filter(|request| request.path == path).count()
    }
}

/// Runs a test against a server, and sees it alive afterwards.
fn against(limits: Limits, test: impl FnOnce(&Preview)) {
    let preview = Preview::start(Server::bind(LOCALHOST, Some(0)).unwrap().with_limits(limits));
    test(&preview);
    assert_eq!(preview.get("/alive-after", &[]).text(), "/alive-after|-|false");
    preview.stop.now();
    preview.running.join().unwrap().unwrap();
}

fn usual(test: impl FnOnce(&Preview)) {
    against(Limits::default(), test);
}

struct Client {
    stream: TcpStream,
    unread: Vec<u8>,
}

impl Client {
    fn connect(address: SocketAddr) -> Client {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(AT_LAST)).unwrap();
        Client { stream, unread: Vec::new() }
    }

    /// The server may have hung up already, which is for reading to find out.
    fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).ok();
    }

    fn ask(&mut self, method: &str, target: &str, host: &str, fields: &[&str]) {
        let fields: String = fields.iter().map(|field| format!("{field}\r\n")).collect();
        self.send(format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\n{fields}\r\n"));
    }

    /// Reads more; `false` at the end.
    fn more(&mut self) -> bool {
        let mut buffer = [0; 65536];
        match self.stream.read(&mut buffer) {
            Ok(length) => {
                self.unread.extend(&buffer[..length]);
                length > 0
            }
            Err(error) if error.kind() == ErrorKind::ConnectionReset => false,
            Err(error) => panic!("the server neither answers nor hangs up: {error}"),
        }
    }

    fn until(&mut self, end: &[u8]) -> Vec<u8> {
        loop {
            if let Some(at) = self.unread.windows(end.len()).position(|part| part == end) {
                return self.unread.drain(..at + end.len()).collect();
            }
            assert!(self.more(), "hung up after {:?}", String::from_utf8_lossy(&self.unread));
        }
    }

    fn head(&mut self) -> Response {
        let head = String::from_utf8(self.until(b"\r\n\r\n")).unwrap();
        let mut lines = head.trim_end().split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let fields = lines.map(|line| line.split_once(": ").unwrap());
        let fields = fields.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        Response { status, fields, body: Vec::new() }
    }

    fn response(&mut self, is_head: bool) -> Response {
        let mut response = self.head();
        let length = response.field("content-length").map_or(0, |length| length.parse().unwrap());
        if !is_head {
            while self.unread.len() < length && self.more() {}
            response.body = self.unread.drain(..length).collect();
        }
        response
    }

    /// The next words of an event stream, comments left out.
    fn event(&mut self) -> String {
        let begun = Instant::now();
        loop {
            assert!(begun.elapsed() < AT_LAST, "nothing but comments");
            let line = String::from_utf8(self.until(b"\n\n")).unwrap();
            // A line of the stream comes in one chunk, after the chunk's length.
            let (_, line) = line.rsplit_once("\r\n").unwrap();
            if !line.starts_with(':') {
                return line.trim_end().to_owned();
            }
        }
    }

    fn comment(&mut self) -> String {
        let line = String::from_utf8(self.until(b"\n\n")).unwrap();
        line.rsplit_once("\r\n").unwrap().1.trim_end().to_owned()
    }

    fn is_hung_up_on(&mut self) -> bool {
        while self.more() {}
        true
    }
}

#[derive(Debug)]
struct Response {
    status: u16,
    fields: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Response {
    fn field(&self, name: &str) -> Option<&str> {
        let mut values = self.fields.iter().filter(|(field, _)| field == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} came twice");
        value
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// Tries until it works.
fn at_last<T>(mut attempt: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(done) = attempt() {
            return done;
        }
        assert!(begun.elapsed() < AT_LAST, "it never happened");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn every_answer_carries_the_fields_that_protect_it() {
    usual(|preview| {
        let host = preview.host();
        let (stream, same_origin) = (preview.stream_address(), "Sec-Fetch-Site: same-origin");
        let script = stream.replace("reload?", "reload.js?");
        let long = format!("/{}", "a".repeat(9000));
        let many: Vec<String> = (0..70).map(|number| format!("X-{number}: y")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let cases: [(&str, &str, &str, &[&str], u16); 13] = [
            ("GET", "/", &host, &[], 200),
            ("GET", "/missing", &host, &[], 404),
            ("GET", "/moved", &host, &[], 308),
            ("GET", "/moved-badly", &host, &[], 500),
            ("GET", "/no-such-status", &host, &[], 500),
            ("GET", "/panic", &host, &[], 500),
            ("GET", &script, &host, &[same_origin], 200),
            ("GET", &stream, &host, &[same_origin], 200),
            ("GET", "/", "evil.example", &[], 403),
            ("GET", "/../", &host, &[], 400),
            ("OPTIONS", "/", &host, &["Access-Control-Request-Method: GET"], 405),
            ("GET", &long, &host, &[], 414),
            ("GET", "/", &host, &many, 431),
        ];
        for (method, target, host, fields, status) in cases {
            let mut client = preview.connect();
            client.ask(method, target, host, fields);
            let head = client.head();
            assert_eq!(head.status, status, "{method} {target}");
            for (name, value) in [
                ("cache-control", "no-store"),
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"),
                ("cross-origin-resource-policy", "same-origin"),
                ("cross-origin-opener-policy", "same-origin"),
                ("x-frame-options", "DENY"),
            ] {
                assert_eq!(head.field(name), Some(value), "{method} {target}: {name}");
            }
            let unwanted = |name: &str| name.starts_with("access-control") || name == "server" || name == "set-cookie";
            assert!(!head.fields.iter().any(|(name, _)| unwanted(name)), "{head:?}");
            assert!(head.field("content-security-policy").is_some(), "{method} {target}");
        }
    });
}

#[test]
fn only_its_own_names_are_answered() {
    usual(|preview| {
        let port = preview.address.port();
        for host in ["localhost", "LocalHost", "127.0.0.1", "[::1]"] {
            let mut client = preview.connect();
            client.ask("GET", "/", &format!("{host}:{port}"), &[]);
            assert_eq!(client.response(false).status, 200, "{host}");
        }
        let with_port =
            ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "0.0.0.0", "localhost.", "[::]", "127.1"]
                .map(|host| format!("{host}:{port}"));
        let others = ["localhost", "127.0.0.1", "[::1]", "localhost:80", "localhost:1", "::1", ""].map(str::to_owned);
        for host in with_port.iter().chain(&others) {
            let mut client = preview.connect();
            client.ask("GET", "/", host, &[]);
            let status = client.response(false).status;
            assert_eq!(status, if host.is_empty() { 400 } else { 403 }, "{host:?}");
        }
        let own = format!("Host: 127.0.0.1:{port}");
        for (hosts, status) in [
            (String::new(), 403),
            (format!("{own}\r\n{own}\r\n"), 403),
            (format!("{own}\r\nHost: evil.example\r\n"), 403),
            (format!("X-Forwarded-Host: 127.0.0.1:{port}\r\nHost: evil.example\r\n"), 403),
            (format!("Host: user@127.0.0.1:{port}\r\n"), 400),
            (format!("Host: 127.0.0.1:{port}, evil.example\r\n"), 400),
            (format!("Host: 127.0.0.1:{port}/\r\n"), 400),
            ("Host: h\u{f6}st\r\n".to_owned(), 400),
        ] {
            for version in ["1.0", "1.1"] {
                let response = preview.raw(format!("GET / HTTP/{version}\r\n{hosts}\r\n"));
                assert_eq!(response.status, status, "{hosts:?}");
            }
        }
        assert_eq!(preview.asked_for("/"), 4);
    });
}

#[test]
fn a_target_that_names_a_server_names_this_one() {
    usual(|preview| {
        let host = preview.host();
        for (target, status) in [
            (format!("http://{host}/grief"), 200),
            (format!("http://{host}"), 200),
            (format!("HTTP://{host}/grief"), 200),
            (format!("https://{host}/grief"), 403),
            (format!("http://user@{host}/grief"), 403),
            ("http://evil.example/grief".to_owned(), 403),
            (format!("http://localhost:{}/", preview.address.port()), 403),
            // Read as the name of a server.
            ("grief".to_owned(), 403),
            ("*".to_owned(), 400),
        ] {
            assert_eq!(preview.get(&target, &[]).status, status, "{target}");
        }
    });
}

#[test]
fn other_sites_pages_are_refused_and_their_links_are_not() {
    usual(|preview| {
        let origin = format!("Origin: http://{}", preview.host());
        let other_port = "Origin: http://127.0.0.1:1".to_owned();
        let secure = format!("Origin: https://{}", preview.host());
        let other_name = format!("Origin: http://localhost:{}", preview.address.port());
        let link = ["Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"];
        let cases: [(&[&str], u16, bool); 21] = [
            (&[], 200, false),
            (&[&origin], 200, true),
            (&["Sec-Fetch-Site: same-origin"], 200, true),
            (&["Sec-Fetch-Site: same-origin", &origin], 200, true),
            (&["Sec-Fetch-Site: none", link[0], link[1]], 200, false),
            (&["Sec-Fetch-Site: cross-site", link[0], link[1]], 200, false),
            (&["Sec-Fetch-Site: same-site", link[0], link[1]], 200, false),
            (&["Origin: http://evil.example"], 403, false),
            (&["Origin: null"], 403, false),
            (&["Origin: "], 403, false),
            (&[&other_port], 403, false),
            (&[&secure], 403, false),
            (&[&other_name], 403, false),
            (&[&origin, "Origin: http://evil.example"], 403, false),
            (&["Sec-Fetch-Site: same-origin", "Origin: http://evil.example"], 403, false),
            (&["Sec-Fetch-Site: cross-site"], 403, false),
            (&["Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"], 403, false),
            (&["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"], 403, false),
            (&["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: document"], 403, false),
            (&["Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-origin"], 403, false),
            (&["Sec-Fetch-Site: martian"], 403, false),
        ];
        let target = format!("/_psychoed/open?page=a&token={}", preview.token);
        for (fields, status, from_here) in cases {
            let response = preview.get(&target, fields);
            assert_eq!(response.status, status, "{fields:?}");
            if status == 200 {
                assert!(response.text().ends_with(&format!("|{from_here}")), "{fields:?}: {}", response.text());
            }
        }
        // Our own page, but without the token, or with nearly it.
        let wrong: String = preview.token.chars().map(|digit| if digit == '0' { '1' } else { '0' }).collect();
        for query in ["", "?token=", "?token=0", &format!("?token={wrong}"), &format!("?token={}0", preview.token)] {
            let response = preview.get(&format!("/_psychoed/open{query}"), &["Sec-Fetch-Site: same-origin"]);
            assert!(response.text().ends_with("|false"), "{query}");
        }
    });
}

#[test]
fn tokens_are_long_and_new_every_time() {
    let tokens = [(); 2].map(|()| Server::bind(LOCALHOST, Some(0)).unwrap().token().to_owned());
    assert!(tokens.iter().all(|token| token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit())));
    assert_ne!(tokens[0], tokens[1]);
}

#[test]
fn it_only_shows() {
    usual(|preview| {
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW", "get"] {
            let mut client = preview.connect();
            client.ask(method, "/only", &preview.host(), &[]);
            let response = client.response(false);
            assert_eq!((response.status, response.field("allow")), (405, Some("GET, HEAD")), "{method}");
        }
        let mut client = preview.connect();
        client.ask("CONNECT", &preview.host(), &preview.host(), &[]);
        assert_eq!(client.response(false).status, 403);
        let mut client = preview.connect();
        client.ask("POST", "/only", &preview.host(), &["Content-Length: 1000000000", "Expect: 100-continue"]);
        assert_eq!(client.response(false).status, 405);
        assert!(client.is_hung_up_on());
        assert_eq!(preview.asked_for("/only"), 0);
    });
}

#[test]
fn what_came_with_a_request_is_not_the_next_one() {
    usual(|preview| {
        let inner = format!("GET /smuggled HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host());
        let chunk = format!("{:x}\r\n{inner}\r\n0\r\n\r\n", inner.len());
        for (fields, body) in
            [(format!("Content-Length: {}", inner.len()), &inner), ("Transfer-Encoding: chunked".to_owned(), &chunk)]
        {
            let mut client = preview.connect();
            client.ask("GET", "/outer", &preview.host(), &[&fields]);
            client.send(body);
            assert_eq!(client.response(false).text(), "/outer|-|false");
            assert!(client.is_hung_up_on());
        }
        for fields in [
            &["Content-Length: 5", "Content-Length: 6"][..],
            &["Transfer-Encoding: chunked, identity"],
            &["Content-Length: -1"],
            &["Transfer-Encoding : chunked"],
        ] {
            let mut client = preview.connect();
            client.ask("GET", "/outer", &preview.host(), fields);
            client.send(&inner);
            assert_eq!(client.head().status, 400, "{fields:?}");
            assert!(client.is_hung_up_on());
        }
        assert_eq!(preview.asked_for("/smuggled"), 0);
    });
}

#[test]
fn paths_are_decoded_once() {
    usual(|preview| {
        for (target, path) in [
            ("/", "/"),
            ("/handouts/", "/handouts/"),
            ("/tr%C3%A4ume.html", "/träume.html"),
            ("/träume.html", "/träume.html"),
            ("/100%25", "/100%"),
            ("/%2525", "/%25"),
            ("/%252e%252e/%252f", "/%2e%2e/%2f"),
            ("/%67rief", "/grief"),
            ("/a+b", "/a+b"),
            ("/...", "/..."),
            ("/.hidden", "/.hidden"),
            ("/a.html::$DATA", "/a.html::$DATA"),
            ("/GRIEF~1.HTM", "/GRIEF~1.HTM"),
            ("/C:/windows", "/C:/windows"),
            ("/%5Fpsychoed/reload", "/_psychoed/reload"),
        ] {
            let response = preview.get(target, &[]);
            if path == "/_psychoed/reload" {
                assert_eq!(response.status, 403, "the server's own address in disguise");
            } else {
                assert_eq!(response.text(), format!("{path}|-|false"), "{target}");
            }
        }
        for (target, shown) in [
            ("/a?raw??", "/a|raw??|false"),
            ("/a?", "/a||false"),
            ("/a?../../b", "/a|../../b|false"),
            ("/a?%00", "/a|%00|false"),
        ] {
            assert_eq!(preview.get(target, &[]).text(), shown, "{target}");
        }
    });
}

#[test]
fn paths_that_go_anywhere_but_down_are_refused() {
    usual(|preview| {
        for target in [
            "/..",
            "/../",
            "/../secret",
            "/a/../b",
            "/a/..",
            "/.",
            "/./a",
            "/a/./b",
            "/%2e%2e/secret",
            "/%2E%2e",
            "/.%2e/a",
            "/a/%2e",
            "//",
            "//evil.example",
            "//evil.example/..",
            "/a//b",
            "/a//",
            "/%2fetc/passwd",
            "/a%2Fb",
            "/a%5cb",
            "/a%5C..%5cb",
            "/a\\b",
            "/..\\..\\secret",
            "/%",
            "/%2",
            "/%zz",
            "/%-1",
            "/a%",
            "/%00",
            "/a%00.html",
            "/%0d%0aX:y",
            "/%7f",
            "/%c2%85",
            "/%ff",
            "/%c0%ae%c0%ae/",
            "/%e0%80%ae",
            "/%ed%a0%80",
            "/%2e%2e%2f",
            "/..%2f..%2f",
            "/..;/..",
        ] {
            assert_eq!(preview.get(target, &[]).status, 400, "{target}");
        }
        assert!(preview.site.0.lock().unwrap().is_empty());
        // What follows `#` is never sent by browsers; it is not looked at.
        let response = preview.get("/a#/../../secret", &[]);
        assert!(response.status == 400 || response.text() == "/a|-|false", "{response:?}");
    });
}

#[test]
fn heads_have_a_size() {
    usual(|preview| {
        let value = |length: usize| format!("X-Long: {}", "a".repeat(length));
        let fields = |count: usize| (0..count).map(|number| format!("X-{number}: y")).collect::<Vec<_>>();
        for (target, fields, status) in [
            (format!("/{}", "a".repeat(8191)), vec![], 200),
            (format!("/{}", "a".repeat(8192)), vec![], 414),
            (format!("/?{}", "a".repeat(8192)), vec![], 414),
            (format!("/{}", "a".repeat(66_000)), vec![], 414),
            ("/".to_owned(), vec![value(32_000)], 200),
            ("/".to_owned(), vec![value(33_000)], 431),
            ("/".to_owned(), vec![value(17_000), value(17_000)], 431),
            ("/".to_owned(), vec![value(200_000)], 431),
            ("/".to_owned(), fields(63), 200),
            ("/".to_owned(), fields(64), 431),
            ("/".to_owned(), fields(1000), 431),
        ] {
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            assert_eq!(preview.get(&target, &fields).status, status, "{} bytes, {} fields", target.len(), fields.len());
        }
    });
}

#[test]
fn nonsense_is_refused() {
    usual(|preview| {
        let host = preview.host();
        for bytes in [
            b"\r\n\r\n\r\n\0\0\0\0\r\n\r\n".to_vec(),
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec(),
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
            b"GET /\r\n\r\n".to_vec(),
            b"GET / HTTP/9.9\r\n\r\n".to_vec(),
            format!("GET / HTTP/1.1\r\nHost: {host}\r\n folded: x\r\n\r\n").into_bytes(),
            format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: a\0b\r\n\r\n").into_bytes(),
            format!("GET /a b HTTP/1.1\r\nHost: {host}\r\n\r\n").into_bytes(),
            format!("GET /\x07 HTTP/1.1\r\nHost: {host}\r\n\r\n").into_bytes(),
            [b"GET /\xff HTTP/1.1\r\nHost: ", host.as_bytes(), b"\r\n\r\n"].concat(),
            vec![b'A'; 300_000],
            vec![0; 300_000],
        ] {
            let mut client = preview.connect();
            client.send(&bytes);
            // Some of it is not even worth an answer.
            assert!(client.is_hung_up_on());
            let said = String::from_utf8_lossy(&client.unread);
            let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]);
            assert!(
                said.is_empty() || said.starts_with("HTTP/1.1 4") || said.starts_with("HTTP/1.0 4"),
                "{shown:?}: {said}"
            );
        }
        assert!(preview.site.0.lock().unwrap().is_empty());
    });
}

#[test]
fn a_connection_serves_many_requests() {
    usual(|preview| {
        let mut client = preview.connect();
        for number in 0..100 {
            client.ask("GET", &format!("/{number}"), &preview.host(), &[]);
            assert_eq!(client.response(false).text(), format!("/{number}|-|false"));
        }
        for number in 0..10 {
            client.ask("GET", &format!("/{number}"), &preview.host(), &[]);
        }
        for number in 0..10 {
            assert_eq!(client.response(false).text(), format!("/{number}|-|false"));
        }
        assert_eq!(preview.get("/moved", &[]).field("location"), Some("/grief/"));
    });
}

#[test]
fn head_is_get_without_the_body() {
    usual(|preview| {
        for target in ["/", "/missing", "/moved", "/panic", "/a/../b"] {
            let mut client = preview.connect();
            client.ask("GET", target, &preview.host(), &["Connection: close"]);
            let get = client.response(false);
            let mut client = preview.connect();
            client.ask("HEAD", target, &preview.host(), &["Connection: close"]);
            let head = client.response(true);
            assert!(client.is_hung_up_on());
            assert!(client.unread.is_empty(), "{target} has a body");
            assert_eq!((head.status, head.fields), (get.status, get.fields), "{target}");
        }
    });
}

#[test]
fn the_slow_are_not_waited_for() {
    let patience = Duration::from_millis(400);
    against(Limits { patience, ..Limits::default() }, |preview| {
        // Says nothing.
        assert!(preview.connect().is_hung_up_on());
        // Says a little now and then.
        let mut slow = preview.connect();
        slow.send(format!("GET / HTTP/1.1\r\nHost: {}\r\n", preview.host()));
        slow.stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        let begun = Instant::now();
        loop {
            slow.send("X-Slow: y\r\n");
            match slow.stream.read(&mut [0; 64]) {
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Ok(0) | Err(_) => break,
                Ok(_) => panic!("an answer to half a request"),
            }
            assert!(begun.elapsed() < AT_LAST, "it is still waited for");
        }
        // Has had an answer, and asks no more.
        let mut idle = preview.connect();
        idle.ask("GET", "/", &preview.host(), &[]);
        assert_eq!(idle.response(false).status, 200);
        assert!(idle.is_hung_up_on());
        // Does not read its answer: other connections get theirs, and in the end it is cut off.
        let mut deaf = preview.connect();
        deaf.ask("GET", "/large", &preview.host(), &[]);
        let length = 64 << 20;
        assert_eq!(deaf.head().field("content-length"), Some(length.to_string().as_str()));
        assert_eq!(preview.get("/meanwhile", &[]).status, 200);
        std::thread::sleep(patience * 4);
        assert!(deaf.is_hung_up_on());
        assert!(deaf.unread.len() < length, "the answer was kept for it");
    });
}

#[test]
fn further_connections_wait_and_those_there_go_on() {
    against(Limits { connections: 4, patience: AT_LAST * 2, ..Limits::default() }, |preview| {
        let mut clients: Vec<Client> = (0..4).map(|_| preview.connect()).collect();
        for client in &mut clients {
            client.ask("GET", "/first", &preview.host(), &[]);
            assert_eq!(client.response(false).status, 200);
        }
        let mut fifth = preview.connect();
        fifth.ask("GET", "/fifth", &preview.host(), &[]);
        for client in &mut clients {
            client.ask("GET", "/second", &preview.host(), &[]);
            assert_eq!(client.response(false).status, 200);
        }
        assert_eq!(preview.asked_for("/fifth"), 0);
        clients.pop();
        assert_eq!(fifth.response(false).status, 200);
    });
}

#[test]
fn a_page_that_panics_takes_nobody_with_it() {
    usual(|preview| {
        let mut client = preview.connect();
        for _ in 0..20 {
            client.ask("GET", "/panic", &preview.host(), &[]);
            let response = client.response(false);
            assert_eq!(response.status, 500);
            assert!(response.text().contains("psychoed failed"), "{}", response.text());
        }
        client.ask("GET", "/next", &preview.host(), &[]);
        assert_eq!(client.response(false).status, 200);
    });
}

#[test]
fn the_stream_and_its_script_are_for_our_own_pages() {
    usual(|preview| {
        let origin = format!("Origin: http://{}", preview.host());
        let refused: [&[&str]; 7] = [
            &[],
            &["Origin: http://evil.example"],
            &["Origin: null", "Sec-Fetch-Site: same-origin"],
            &["Sec-Fetch-Site: cross-site"],
            &["Sec-Fetch-Site: none"],
            &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"],
            &[
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Mode: cors",
                "Sec-Fetch-Dest: empty",
                "Origin: http://localhost:1",
            ],
        ];
        for own in [preview.stream_address(), preview.stream_address().replace("reload?", "reload.js?")] {
            for fields in refused {
                assert_eq!(preview.get(&own, fields).status, 403, "{own} {fields:?}");
            }
            for allowed in [&origin[..], "Sec-Fetch-Site: same-origin"] {
                let mut client = preview.connect();
                client.ask("GET", &own, &preview.host(), &[allowed]);
                assert_eq!(client.head().status, 200, "{own} {allowed}");
                let bare = own.split('?').next().unwrap();
                for wrong in ["", "?token=", "?token=00000000000000000000000000000000", "?seen=0"] {
                    assert_eq!(preview.get(&format!("{bare}{wrong}"), &[allowed]).status, 403, "{bare}{wrong}");
                }
            }
        }
        let script = preview.get(&preview.reloads.worker(), &["Sec-Fetch-Site: same-origin"]);
        assert_eq!(script.field("content-type"), Some("text/javascript; charset=utf-8"));
        assert_eq!(script.field("content-security-policy"), Some("default-src 'none'; connect-src 'self'"));
        assert!(script.text().contains("EventSource"));
        assert!(preview.site.0.lock().unwrap().is_empty(), "the site has no part in it");
    });
}

#[test]
fn the_stream_says_what_to_load_again() {
    usual(|preview| {
        let mut pages = [preview.open_stream(""), preview.open_stream("&seen=0")];
        for (what, word) in
            [(Reload::Page, "data: reload"), (Reload::Style, "data: style"), (Reload::Page, "data: reload")]
        {
            preview.reloads.send(what);
            for page in &mut pages {
                assert_eq!(page.event(), word);
            }
        }
        // Who was away hears of it on coming back, once, and of the graver of two.
        let worker = preview.reloads.worker();
        let seen = worker.split('&').nth(1).unwrap();
        preview.reloads.send(Reload::Style);
        let mut late = preview.open_stream(&format!("&{seen}"));
        assert_eq!(late.event(), "data: style");
        preview.reloads.send(Reload::Page);
        assert_eq!(late.event(), "data: reload");
        preview.reloads.send(Reload::Style);
        let mut later = preview.open_stream(&format!("&{seen}"));
        assert_eq!(later.event(), "data: reload");
        preview.reloads.send(Reload::Style);
        assert_eq!(later.event(), "data: style");
        // Asking for the head takes no place and says nothing.
        let mut client = preview.connect();
        client.ask("HEAD", &preview.stream_address(), &preview.host(), &["Sec-Fetch-Site: same-origin"]);
        assert_eq!(client.response(true).status, 200);
    });
}

#[test]
fn streams_are_few_and_end_with_their_page() {
    against(Limits { streams: 3, ..Limits::default() }, |preview| {
        let ask = || {
            let mut client = preview.connect();
            client.ask("GET", &preview.stream_address(), &preview.host(), &["Sec-Fetch-Site: same-origin"]);
            let status = client.head().status;
            (status == 200).then_some(client).ok_or(status)
        };
        let mut streams: Vec<Client> = (0..3).map(|_| ask().unwrap()).collect();
        assert_eq!(ask().err(), Some(503));
        streams.remove(0);
        // The heartbeat is far away: its going was noticed at once.
        let begun = Instant::now();
        streams.push(at_last(|| ask().ok()));
        assert!(begun.elapsed() < Duration::from_secs(5));
        preview.reloads.send(Reload::Page);
        for stream in &mut streams {
            assert_eq!(stream.event(), "data: reload");
        }
    });
}

#[test]
fn the_stream_says_that_it_is_still_there() {
    against(
        Limits { heartbeat: Duration::from_millis(30), patience: Duration::from_millis(100), ..Limits::default() },
        |preview| {
            let mut stream = preview.open_stream("");
            for _ in 0..20 {
                assert_eq!(stream.comment(), ": here");
            }
            preview.reloads.send(Reload::Page);
            assert_eq!(stream.event(), "data: reload");
        },
    );
}

#[test]
fn ports_are_found_or_refused() {
    let taken = TcpListener::bind((LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let fault = Server::bind(LOCALHOST, Some(port)).unwrap_err();
    assert_eq!(
        fault.to_string(),
        format!("port {port} is in use by another program. Ask for another one, or for none: then a free one is found")
    );
    // Two at a time, whoever else is at the first port.
    let servers = [(); 2].map(|()| Server::bind(LOCALHOST, None).unwrap());
    let ports = servers.each_ref().map(|server| server.address().port());
    assert!(ports[0] >= PORT && ports[0] != ports[1], "{ports:?}");
    assert!(servers.iter().all(|server| server.address().ip() == LOCALHOST));
    let elsewhere: IpAddr = "192.0.2.1".parse().unwrap();
    let fault = Server::bind(elsewhere, Some(0)).unwrap_err();
    assert_eq!(fault.to_string(), "this computer does not have the address 192.0.2.1");
}

#[cfg(target_os = "linux")]
#[test]
fn a_given_address_is_a_name_and_every_address_means_the_one_reached() {
    let ask = |reached: SocketAddr, host: &str| {
        let mut client = Client::connect(reached);
        client.ask("GET", "/", host, &[]);
        client.response(false).status
    };
    let given: IpAddr = "127.0.0.2".parse().unwrap();
    let preview = Preview::start(Server::bind(given, Some(0)).unwrap());
    let port = preview.address.port();
    assert_eq!(preview.address.ip(), given);
    for (host, status) in [("127.0.0.2", 200), ("localhost", 200), ("127.0.0.3", 403), ("evil.example", 403)] {
        assert_eq!(ask(preview.address, &format!("{host}:{port}")), status, "{host}");
    }
    let preview = Preview::start(Server::bind(Ipv4Addr::UNSPECIFIED.into(), Some(0)).unwrap());
    let port = preview.address.port();
    assert_eq!(preview.address.ip(), LOCALHOST);
    let reached = SocketAddr::new(given, port);
    for (host, status) in [("127.0.0.2", 200), ("0.0.0.0", 403), ("127.0.0.3", 403), ("evil.example", 403)] {
        assert_eq!(ask(reached, &format!("{host}:{port}")), status, "{host}");
    }
    if let Ok(server) = Server::bind(Ipv6Addr::LOCALHOST.into(), Some(0)) {
        let preview = Preview::start(server);
        assert_eq!(ask(preview.address, &preview.host()), 200);
    }
}

#[test]
fn it_stops_and_gives_the_port_back() {
    let preview = Preview::start(Server::bind(LOCALHOST, Some(0)).unwrap());
    assert_eq!(preview.get("/", &[]).status, 200);
    let mut stream = preview.open_stream("");
    let address = preview.address;
    preview.stop.now();
    preview.running.join().unwrap().unwrap();
    assert!(stream.is_hung_up_on());
    let again = Server::bind(address.ip(), Some(address.port())).unwrap();
    assert_eq!(again.address(), address);
}
