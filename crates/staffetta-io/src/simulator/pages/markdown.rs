//! Markdown as the app draws it (APP `IOMarkdown/renderRules.tsx`, AST types tried): what has no rule
//! there vanishes here too, so that an office sees it before its citizens do.
//!
//! Unlike the app, images are not loaded: nothing on this page comes from elsewhere.

use super::front_matter::{self, Front};
use super::html::escape;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};
use std::iter::Peekable;

/// A text, drawn.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Drawn {
    /// Safe HTML.
    pub(super) html: String,
    /// Labels of the buttons (CTA) in the front matter.
    pub(super) actions: Vec<String>,
}

/// Schemes of links that the app opens.
const LINK_SCHEMES: [&str; 6] = ["https:", "http:", "mailto:", "tel:", "sms:", "ioit:"];

/// Draws a message's text.
pub(super) fn draw(text: &str) -> Drawn {
    let (front, body) = front_matter::split(text);
    let Front::Buttons(actions) = front else {
        let html = "<p class=\"broken\">L’app non riesce a leggere questo messaggio: i pulsanti nelle sue prime righe sono \
                    scritti male.</p>";
        return Drawn { html: html.to_owned(), actions: Vec::new() };
    };
    // The app turns a form feed into a space.
    let body = body.replace('\u{c}', " ");
    // Tables, strike-through and footnotes are understood by the app's parser and then not drawn.
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut painter = Painter { html: String::with_capacity(body.len() * 2), closings: Vec::new() };
    let mut events = Parser::new_ext(&body, options).peekable();
    while let Some(event) = events.next() {
        painter.paint(event, &mut events);
    }
    Drawn { html: painter.html, actions }
}

struct Painter {
    html: String,
    closings: Vec<&'static str>,
}

impl Painter {
    fn paint<'a>(&mut self, event: Event<'a>, events: &mut Peekable<Parser<'a>>) {
        match event {
            Event::Start(tag) => self.open(tag, events),
            Event::End(_) => self.html.push_str(self.closings.pop().unwrap_or_default()),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                self.html.push_str("<code>");
                self.html.push_str(&escape(&code));
                self.html.push_str("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw(&html),
            Event::SoftBreak => self.html.push('\n'),
            Event::HardBreak => self.html.push_str("<br>"),
            Event::Rule => self.html.push_str("<hr>"),
            Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn open<'a>(&mut self, tag: Tag<'a>, events: &mut Peekable<Parser<'a>>) {
        let (opening, closing) = match &tag {
            Tag::Paragraph => ("<p>", "</p>"),
            // The page's own headings come first: the message's start at the third level.
            Tag::Heading { level: HeadingLevel::H1, .. } => ("<h3>", "</h3>"),
            Tag::Heading { level: HeadingLevel::H2, .. } => ("<h4>", "</h4>"),
            Tag::Heading { level: HeadingLevel::H3, .. } => ("<h5>", "</h5>"),
            // Deeper headings are plain text.
            Tag::Heading { .. } => ("<p>", "</p>"),
            Tag::BlockQuote(_) => ("<blockquote>", "</blockquote>"),
            Tag::List(None) => ("<ul>", "</ul>"),
            Tag::List(Some(start)) => {
                self.html.push_str(&format!("<ol start=\"{start}\">"));
                ("", "</ol>")
            }
            Tag::Item => ("<li>", "</li>"),
            Tag::Emphasis => ("<em>", "</em>"),
            Tag::Strong => ("<strong>", "</strong>"),
            Tag::HtmlBlock => ("<p>", "</p>"),
            Tag::Link { dest_url, .. } => self.link(dest_url),
            Tag::CodeBlock(_) => return self.code_block(events),
            Tag::Image { .. } => return self.image(events),
            // Tables, strike-through, footnotes and whatever the parser may add: not drawn, with all they hold.
            _ => return skip(events),
        };
        self.html.push_str(opening);
        self.closings.push(closing);
    }

    /// Opens a link, or what stands for one that the app refuses to open.
    fn link(&mut self, target: &str) -> (&'static str, &'static str) {
        let lower = target.to_ascii_lowercase();
        if LINK_SCHEMES.iter().any(|scheme| lower.starts_with(scheme)) {
            self.html.push_str(&format!("<a rel=\"noreferrer noopener\" href=\"{}\">", escape(target)));
            ("", "</a>")
        } else {
            ("<span class=\"unsupported\" title=\"Collegamento non supportato dall’app\">", "</span>")
        }
    }

    /// Drawn raw, with its fences.
    fn code_block(&mut self, events: &mut Peekable<Parser<'_>>) {
        let code = collect_text(events);
        self.html.push_str(&format!("<pre>```\n{}```</pre>", escape(&code)));
    }

    fn image(&mut self, events: &mut Peekable<Parser<'_>>) {
        let text = collect_text(events);
        self.html.push_str(&format!("<span class=\"image\">Immagine: {}</span>", escape(&text)));
    }

    /// `<br>` is a new line; other HTML is shown as it is written.
    fn raw(&mut self, html: &str) {
        match html.trim().to_ascii_lowercase().as_str() {
            "<br>" | "<br/>" | "<br />" => self.html.push_str("<br>"),
            _ => self.html.push_str(&escape(html)),
        }
    }

    /// Text, with bare addresses as links; within a link they are its text.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while !self.closings.contains(&"</a>") {
            let Some(start) = rest.find("https://").into_iter().chain(rest.find("http://")).min() else {
                break;
            };
            let address = &rest[start..];
            let end = address.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'));
            let address =
                address[..end.unwrap_or(address.len())].trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
            self.html.push_str(&escape(&rest[..start]));
            let safe = escape(address);
            self.html.push_str(&format!("<a rel=\"noreferrer noopener\" href=\"{safe}\">{safe}</a>"));
            rest = &rest[start + address.len()..];
        }
        self.html.push_str(&escape(rest));
    }
}

/// Leaves out everything up to the end of what was just opened.
fn skip(events: &mut Peekable<Parser<'_>>) {
    let _ = collect_text(events);
}

/// The text up to the end of what was just opened.
fn collect_text(events: &mut Peekable<Parser<'_>>) -> String {
    let (mut depth, mut text) = (1_u32, String::new());
    for event in events.by_ref() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        draw(text).html.replace(" rel=\"noreferrer noopener\"", "")
    }

    #[test]
    fn what_the_app_draws_is_drawn() {
        for (text, expected) in [
            ("# Uno\n\n#### Quattro", "<h3>Uno</h3><p>Quattro</p>"),
            ("**b** _i_ `c`", "<p><strong>b</strong> <em>i</em> <code>c</code></p>"),
            ("riga  \naltra\nstessa", "<p>riga<br>altra\nstessa</p>"),
            ("3. tre\n4. quattro", "<ol start=\"3\"><li>tre</li><li>quattro</li></ol>"),
            ("> nota", "<blockquote><p>nota</p></blockquote>"),
            ("***", "<hr>"),
            ("[c](https://a.it/?x=1&y=2)", "<p><a href=\"https://a.it/?x=1&amp;y=2\">c</a></p>"),
            ("Su https://a.it/b.", "<p>Su <a href=\"https://a.it/b\">https://a.it/b</a>.</p>"),
            ("[https://a.it](https://b.it)", "<p><a href=\"https://b.it\">https://a.it</a></p>"),
            ("```\nx<y\n```", "<pre>```\nx&lt;y\n```</pre>"),
            ("a<br>b", "<p>a<br>b</p>"),
        ] {
            assert_eq!(html(text), expected, "{text}");
        }
    }

    #[test]
    fn what_has_no_rule_vanishes() {
        assert_eq!(html("prima ~~via~~ dopo"), "<p>prima  dopo</p>");
        assert_eq!(html("a\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\nb"), "<p>a</p><p>b</p>");
        assert_eq!(html("a[^1]\n\n[^1]: nota"), "<p>a</p>");
    }

    #[test]
    fn nothing_of_a_text_becomes_markup_or_is_loaded() {
        for (text, expected) in [
            ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
            ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>"),
            ("![logo](https://a.it/l.png)", "<p><span class=\"image\">Immagine: logo</span></p>"),
        ] {
            assert_eq!(html(text), expected, "{text}");
        }
        let refused = html("[x](javascript:alert(1))");
        assert!(!refused.contains("javascript") && refused.contains("unsupported"), "{refused}");
        assert!(!html("[x](https://a.it/\"onmouseover=x)").contains("\"onmouseover"));
    }

    #[test]
    fn buttons_stand_apart_and_broken_ones_hide_the_message() {
        let drawn =
            draw("---\nit:\n  cta_1: {text: Paga ora, action: \"iohandledlink://https://a.it\"}\n---\nTesto");
        assert_eq!(drawn, Drawn { html: "<p>Testo</p>".to_owned(), actions: vec!["Paga ora".to_owned()] });
        assert!(draw("---\nit: [\n---\nTesto").html.contains("class=\"broken\""));
    }
}
