//! Markdown as the app draws it, without anything that could act: what has no rule in the app vanishes here too,
//! so that an office sees it before its citizens do.
//!
//! HTML is shown as text, images are not loaded (nothing on a page comes from elsewhere), links show where they
//! lead and lead nowhere.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use staffetta_domain::Phrase;
use staffetta_words::say;

/// Safe HTML of a *contenuto*.
pub(super) fn html(text: &str) -> String {
    // Understood by the app's parser, and then not drawn.
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut painter = Painter::default();
    for event in Parser::new_ext(text, options) {
        painter.paint(event);
    }
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, painter.drawn.into_iter());
    out
}

#[derive(Default)]
struct Painter<'a> {
    drawn: Vec<Event<'a>>,
    /// How deep in something that is not drawn.
    hidden: usize,
    /// Where the links that are open lead.
    targets: Vec<CowStr<'a>>,
    /// Words of the image that is open.
    image: Option<String>,
}

impl<'a> Painter<'a> {
    fn paint(&mut self, event: Event<'a>) {
        if self.hidden > 0 {
            match event {
                Event::Start(_) => self.hidden += 1,
                Event::End(_) => self.hidden -= 1,
                _ => {}
            }
        } else if let Some(words) = &mut self.image {
            match event {
                Event::Text(text) | Event::Code(text) => words.push_str(&text),
                Event::End(TagEnd::Image) => {
                    let phrase = Phrase::new("message-image").with("words", words.trim());
                    self.drawn.push(Event::Text(say(&phrase).into()));
                    self.image = None;
                }
                _ => {}
            }
        } else {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => self.drawn.push(Event::Text(html)),
                Event::Start(tag) => self.open(tag),
                Event::End(tag) => self.close(tag),
                Event::FootnoteReference(_)
                | Event::TaskListMarker(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_) => {}
                event => self.drawn.push(event),
            }
        }
    }

    fn open(&mut self, tag: Tag<'a>) {
        let drawn = match tag {
            Tag::Heading { level, .. } => markup(heading(level).0),
            Tag::Link { dest_url, .. } => {
                self.targets.push(dest_url);
                markup("<span class=\"message-link\">")
            }
            Tag::Image { .. } => {
                self.image = Some(String::new());
                return;
            }
            Tag::HtmlBlock => Event::Start(Tag::Paragraph),
            Tag::Paragraph
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::Emphasis
            | Tag::Strong => Event::Start(tag),
            _ => {
                self.hidden = 1;
                return;
            }
        };
        self.drawn.push(drawn);
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.drawn.push(markup(heading(level).1)),
            TagEnd::HtmlBlock => self.drawn.push(Event::End(TagEnd::Paragraph)),
            TagEnd::Link => {
                let target = self.targets.pop().unwrap_or(CowStr::Borrowed(""));
                self.drawn.extend([
                    markup("</span> <span class=\"message-address\">("),
                    Event::Text(target),
                    markup(")</span>"),
                ]);
            }
            tag => self.drawn.push(Event::End(tag)),
        }
    }
}

const fn markup(text: &'static str) -> Event<'static> {
    Event::InlineHtml(CowStr::Borrowed(text))
}

/// The page's headings are its own: those of a message only look like headings. The app draws three sizes.
const fn heading(level: HeadingLevel) -> (&'static str, &'static str) {
    match level {
        HeadingLevel::H1 => ("<p class=\"message-h1\">", "</p>\n"),
        HeadingLevel::H2 => ("<p class=\"message-h2\">", "</p>\n"),
        HeadingLevel::H3 => ("<p class=\"message-h3\">", "</p>\n"),
        _ => ("<p>", "</p>\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn nothing_in_a_text_can_act() {
        for (text, shown) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("a <b onclick=x>b</b>", "a &lt;b onclick=x&gt;b&lt;/b&gt;"),
            ("![logo](https://altrove.it/x.png)", "[Immagine: logo]"),
            (
                "[paga](javascript:alert(1))",
                "<span class=\"message-link\">paga</span> <span class=\"message-address\">(javascript:alert(1))</span>",
            ),
            (
                "[qui](https://comune.it/?a=1&b=\"2\")",
                "<span class=\"message-address\">(https://comune.it/?a=1&amp;b=\"2\")</span>",
            ),
        ] {
            let found = html(text);
            assert!(found.contains(shown), "{found}");
            for active in ["<script", "<img", "<a ", "<b "] {
                assert!(!found.contains(active), "{found}");
            }
        }
    }

    #[test]
    fn what_the_app_does_not_draw_is_not_shown() {
        assert_eq!(
            html("# Titolo\n\nTesto **forte**"),
            "<p class=\"message-h1\">Titolo</p>\n<p>Testo <strong>forte</strong></p>\n"
        );
        assert_eq!(html("|a|b|\n|-|-|\n|1|2|\n\ndopo").trim(), "<p>dopo</p>");
        assert_eq!(html("~~via~~ resta").trim(), "<p> resta</p>");
    }
}
