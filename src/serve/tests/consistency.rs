//! A site that is rebuilt while it is read.

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;

/// A page of one version, which reveals a mixture with another.
fn page(version: usize) -> Vec<u8> {
    format!("<head></head><body>{}</body>", format!("{version:04} ").repeat(20_000)).into_bytes()
}

/// The single version of a body.
fn version(words: &str) -> usize {
    let mut words = words.split_whitespace();
    let first = words.next().expect("a word");
    assert!(words.all(|word| word == first), "half of it is of another version");
    first.parse().expect("a number")
}

#[test]
fn pages_are_whole_and_current() {
    let server = TestServer::open();
    let over = AtomicBool::new(false);
    let asset = |version: usize| format!("{version:04} ").repeat(100_000).into_bytes();
    server.put("客户/index.html", &page(0));
    server.put("a.txt", &asset(0));
    let read = std::thread::scope(|scope| {
        let (server, over) = (&server, &over);
        let readers: Vec<_> = (0..4)
            .map(|reader| {
                scope.spawn(move || {
                    let (mut client, mut read, mut newest) = (HttpClient::new(server), 0, 0);
                    while !over.load(Ordering::Relaxed) {
                        let (of_page, path) = if reader % 2 == 0 { (true, "/客户/") } else { (false, "/a.txt") };
                        client.ask(path);
                        let answer = client.read_response();
                        assert_eq!(answer.status, 200);
                        let text = answer.text();
                        let body = text.split("<body>").nth(1).and_then(|rest| rest.split("</body>").next()).unwrap_or(text);
                        let version = version(body);
                        if of_page {
                            // Announced after it was written: generation 1 is version 0.
                            let label = text.split("data-generation=\"").nth(1).and_then(|rest| rest.split('"').next());
                            let label: usize = label.and_then(|label| label.parse().ok()).expect("a label");
                            assert!(version + 1 >= label, "version {version} says that it is of generation {label}");
                        }
                        assert!(version >= newest, "an older version came later");
                        (read, newest) = (read + 1, version);
                    }
                    read
                })
            })
            .collect();
        let mut stream = server.listen("?seen=1");
        assert_eq!(next_message(&stream.read_messages()), [(1, "[]".to_owned())]);
        for version in 1..=200 {
            server.put("客户/index.html", &page(version));
            server.put("a.txt", &asset(version));
            server.publish(&["客户/index.html"]);
            assert_eq!(next_message(&stream.read_messages())[0].0, version as u64 + 1);
        }
        over.store(true, Ordering::Relaxed);
        readers.into_iter().map(|reader| reader.join().expect("no error")).collect::<Vec<usize>>()
    });
    assert!(read.iter().all(|read| *read > 0), "{read:?}");
}

#[test]
fn concurrent_updates_arrive_in_order() {
    let server = TestServer::open();
    let mut ears: Vec<EventStream> = (0..8).map(|_| server.listen("?seen=1")).collect();
    for stream in &mut ears {
        assert_eq!(next_message(&stream.read_messages()), [(1, "[]".to_owned())]);
    }
    for _ in 0..1000 {
        server.publish(&["a.html"]);
    }
    for mut stream in ears {
        // A client too far behind is disconnected, reconnects, and gets the rest, or the message that everything may
        // have changed.
        let mut seen = 1;
        while seen < 1001 {
            match stream.piece() {
                Some(piece) => {
                    for data in piece.lines().filter_map(|line| line.strip_prefix("data: ")) {
                        let message: Value = serde_json::from_str(data).expect("JSON");
                        let generation = message["generation"].as_u64().expect("one");
                        assert!(
                            generation == seen + 1 || message["changed"].is_null() && generation > seen,
                            "{generation} after {seen}"
                        );
                        seen = generation;
                    }
                }
                None => stream = server.listen(&format!("?seen={seen}")),
            }
        }
    }
}
