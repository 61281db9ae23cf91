//! What a button does, and whether its target fits.

use super::ButtonError;
use crate::Phrase;
use crate::template::{Template, TemplatePiece};
use crate::text::tidy_value;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

/// What happens when a button is pressed (`ts/features/messages/utils/ctas.ts` and `ts/utils/internalLink.ts` of io-app).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// A page opens in the phone's browser.
    Web,
    /// An e-mail is begun.
    Mail,
    /// A number is called.
    Phone,
    /// A text message is begun.
    Sms,
    /// A text is copied.
    Copy,
    /// A page of the app opens, `ioit://…`.
    Io,
    /// A site opens on which the citizen is already known (FIMS), `iosso://https://…`.
    Sso,
}

/// What a button does, and with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ButtonAction {
    kind: ActionKind,
    target: String,
}

/// What no address has as it is; what it already escapes stays.
const NOT_IN_ADDRESS: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'|');

/// What a value must not bring into the address around it.
const NOT_IN_VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl ActionKind {
    /// All, the usual ones first.
    pub const ALL: [Self; 7] =
        [Self::Web, Self::Mail, Self::Phone, Self::Sms, Self::Copy, Self::Io, Self::Sso];

    /// Its name in forms and phrases.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Mail => "mail",
            Self::Phone => "phone",
            Self::Sms => "sms",
            Self::Copy => "copy",
            Self::Io => "io",
            Self::Sso => "sso",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its words: what happens.
    #[must_use]
    pub const fn phrase(self) -> Phrase {
        Phrase::new(match self {
            Self::Web => "action-web",
            Self::Mail => "action-mail",
            Self::Phone => "action-phone",
            Self::Sms => "action-sms",
            Self::Copy => "action-copy",
            Self::Io => "action-io",
            Self::Sso => "action-sso",
        })
    }

    /// What stands before the target in IO's `action`.
    const fn prefix(self) -> &'static str {
        match self {
            Self::Web => "iohandledlink://",
            Self::Mail => "iohandledlink://mailto:",
            Self::Phone => "iohandledlink://tel:",
            Self::Sms => "iohandledlink://sms:",
            Self::Copy => "iohandledlink://copy:",
            Self::Io => "ioit://",
            Self::Sso => "iosso://",
        }
    }

    /// A target as it stands in the action; `None` if it is not one of this kind.
    pub(crate) fn normal(self, target: &str) -> Option<String> {
        match self {
            Self::Web => site(target, &["https", "http"]),
            Self::Sso => site(target, &["https"]),
            Self::Mail => mailbox(target),
            Self::Phone | Self::Sms => phone(target),
            Self::Copy => Some(target.to_owned()),
            Self::Io => target.starts_with(|c: char| c.is_ascii_alphanumeric()).then(|| encoded(target)),
        }
    }

    /// [`ActionKind::normal`] of what stands around placeholders, which stay where they are.
    fn normal_around(self, template: &Template) -> Option<String> {
        let marked = filled(template, mark);
        let mut target = self.normal(&marked)?;
        for (at, piece) in template.pieces().iter().enumerate() {
            if let TemplatePiece::Placeholder { name, format } = piece {
                let mark = mark(at);
                // A mark that is lost, or was written by the author, is no place to put a value.
                if target.matches(&mark).count() != 1 {
                    return None;
                }
                let format = format.map(|format| format!(" | {}", format.name())).unwrap_or_default();
                target = target.replace(&mark, &format!("{{{{{name}{format}}}}}"));
            }
        }
        Some(target)
    }

    /// Whether a placeholder may stand inside of a longer target.
    const fn may_hold_placeholders(self) -> bool {
        matches!(self, Self::Web | Self::Sso | Self::Io | Self::Copy)
    }
}

impl ButtonAction {
    /// An action from what was typed, put right where it is plain what was meant: the scheme of a site, the
    /// blanks of a phone number.
    #[must_use]
    pub fn new(kind: ActionKind, target: &str) -> Self {
        let typed = tidy_value(target);
        let whole = match kind {
            ActionKind::Web | ActionKind::Sso if looks_like_site(&typed) => format!("https://{typed}"),
            _ => typed.into_owned(),
        };
        let normal = Template::parse(&whole).ok().and_then(|template| kind.normal_around(&template));
        Self { kind, target: normal.unwrap_or(whole) }
    }

    /// The action of IO's front matter; a bare address of a site, which the app would not open, is taken for one.
    /// `None` if the app knows no such action.
    #[must_use]
    pub fn from_io(action: &str) -> Option<Self> {
        let with = |kind: ActionKind| Some((kind, action.strip_prefix(kind.prefix())?));
        use ActionKind::{Copy, Io, Mail, Phone, Sms, Sso, Web};
        let found = [Mail, Phone, Sms, Copy, Io, Sso].into_iter().find_map(with);
        let (kind, target) = found.or_else(|| with(Web)).or_else(|| {
            let bare = action.starts_with("https://") || action.starts_with("http://");
            bare.then_some((Web, action))
        })?;
        Some(Self::new(kind, target))
    }

    /// As IO's front matter has it.
    #[must_use]
    pub fn to_io(&self) -> String {
        format!("{}{}", self.kind.prefix(), self.target)
    }

    /// What it does.
    #[must_use]
    pub const fn kind(&self) -> ActionKind {
        self.kind
    }

    /// With what: the address, the number or the text.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    pub(super) fn error(&self) -> Option<ButtonError> {
        if self.target.is_empty() {
            return Some(ButtonError::NoTarget);
        }
        let template = match Template::parse(&self.target) {
            Ok(template) => template,
            Err(error) => return Some(error.into()),
        };
        if template.placeholders().is_empty() {
            return self.kind.normal(&self.target).is_none().then_some(ButtonError::Target(self.kind));
        }
        if is_whole(&template) {
            // What stands in each row is looked at with the row.
            return None;
        }
        if !self.kind.may_hold_placeholders() {
            return Some(ButtonError::PlaceholderPlace(self.kind));
        }
        let [one, other] =
            ["x", "y9"].map(|value| self.kind.normal(&filled(&template, |_| value.to_owned())));
        let (Some(one), Some(other)) = (one, other) else { return Some(ButtonError::Target(self.kind)) };
        // Whose site it is must not depend on a cell.
        let is_site = matches!(self.kind, ActionKind::Web | ActionKind::Sso);
        (is_site && origin(&one) != origin(&other)).then_some(ButtonError::PlaceholderPlace(self.kind))
    }
}

/// A value as it stands inside of an address.
pub(crate) fn encoded_value(value: &str) -> impl Iterator<Item = &str> {
    utf8_percent_encode(value, NOT_IN_VALUE)
}

/// Whether a placeholder is the whole target.
pub(crate) fn is_whole(template: &Template) -> bool {
    matches!(template.pieces(), [TemplatePiece::Placeholder { .. }])
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NOT_IN_ADDRESS).to_string()
}

/// The text with a value in each place, by the position of its piece.
fn filled(template: &Template, value: impl Fn(usize) -> String) -> String {
    let piece = |(at, piece): (usize, &TemplatePiece)| match piece {
        TemplatePiece::Text(text) => text.clone(),
        TemplatePiece::Placeholder { .. } => value(at),
    };
    template.pieces().iter().enumerate().map(piece).collect()
}

/// Stands for a placeholder while the address around it is put right; nothing of an address changes it.
fn mark(at: usize) -> String {
    format!("zz{at}zz")
}

/// `www.comune.it/tari`, as people write it.
fn looks_like_site(typed: &str) -> bool {
    let host = typed.split(['/', '?', '#']).next().unwrap_or_default();
    host.contains('.') && !host.contains([':', '@', '{', ' '])
}

fn site(target: &str, schemes: &[&str]) -> Option<String> {
    // `Url` would repair more than an office means.
    if target.contains([' ', '\\']) {
        return None;
    }
    let url = Url::parse(target).ok()?;
    let good = schemes.contains(&url.scheme())
        && url.host_str().is_some_and(|host| host.contains('.'))
        && url.username().is_empty()
        && url.password().is_none();
    good.then(|| encoded(url.as_str()))
}

fn origin(address: &str) -> Option<String> {
    Url::parse(address).ok().map(|url| url.origin().ascii_serialization())
}

/// `urp@comune.it`, perhaps with `?subject=…`.
fn mailbox(target: &str) -> Option<String> {
    let (address, rest) =
        target.split_once('?').map_or((target, None), |(address, rest)| (address, Some(rest)));
    let (name, domain) = address.split_once('@')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-+".contains(c);
    let good = !name.is_empty()
        && name.chars().all(plain)
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && domain.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    let rest = rest.map(|rest| format!("?{}", encoded(rest))).unwrap_or_default();
    good.then(|| format!("{address}{rest}"))
}

/// 3 to 15 digits (ITU-T E.164), perhaps after a `+`.
fn phone(target: &str) -> Option<String> {
    let number: String = target.chars().filter(|c| !" .-/()".contains(*c)).collect();
    let digits = number.strip_prefix('+').unwrap_or(&number);
    let good = (3..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    good.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::ActionKind::{Copy, Io, Mail, Phone, Sms, Sso, Web};
    use super::*;

    #[test]
    fn what_is_typed_becomes_ios_action() {
        for (kind, typed, action) in [
            (Web, "www.comune.example.it/paga", "iohandledlink://https://www.comune.example.it/paga"),
            (Web, " https://comune.example.it ", "iohandledlink://https://comune.example.it/"),
            (Web, "https://città.example.it/età", "iohandledlink://https://xn--citt-3na.example.it/et%C3%A0"),
            (Mail, "urp@comune.example.it", "iohandledlink://mailto:urp@comune.example.it"),
            (Mail, "urp@a.it?subject=Una domanda", "iohandledlink://mailto:urp@a.it?subject=Una%20domanda"),
            (Phone, "+39 06 1234-567", "iohandledlink://tel:+39061234567"),
            (Sms, "339 123 4567", "iohandledlink://sms:3391234567"),
            (Copy, "Pratica 12/A", "iohandledlink://copy:Pratica 12/A"),
            (Io, "services/service-detail?serviceId=01", "ioit://services/service-detail?serviceId=01"),
            (Sso, "sportello.example.it", "iosso://https://sportello.example.it/"),
            (Web, "https://a.it/{{codice}}?n={{n}}", "iohandledlink://https://a.it/{{codice}}?n={{n}}"),
            (
                Web,
                "WWW.Example.it?età={{età|maiuscolo}}",
                "iohandledlink://https://www.example.it/?et%C3%A0={{età | maiuscolo}}",
            ),
            (Web, "https://a.it/zz1zz/{{n}}", "iohandledlink://https://a.it/zz1zz/{{n}}"),
        ] {
            let made = ButtonAction::new(kind, typed);
            assert_eq!((made.error(), made.to_io().as_str()), (None, action));
            assert_eq!(ButtonAction::from_io(action), Some(made));
        }
    }

    #[test]
    fn a_bare_address_is_taken_for_a_site_and_unknown_actions_for_none() {
        let bare = ButtonAction::from_io("https://a.it/b").unwrap();
        assert_eq!((bare.kind(), bare.target()), (Web, "https://a.it/b"));
        for unknown in ["javascript:alert(1)", "ftp://a.it", "", "IOIT://x"] {
            assert_eq!(ButtonAction::from_io(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_target_that_does_not_fit_is_told() {
        for (kind, target) in [
            (Web, "comune"),
            (Web, "https://comune"),
            (Web, "https://a b.it"),
            (Web, "ftp://a.it/x"),
            (Web, "https://utente:parola@a.it"),
            (Web, "javascript:alert(1)"),
            (Sso, "http://a.it"),
            (Mail, "comune.it"),
            (Mail, "a b@comune.it"),
            (Mail, "a@b@c.it"),
            (Phone, "12"),
            (Phone, "centralino"),
            (Sms, "06+12345"),
            (Io, "//x"),
        ] {
            assert_eq!(ButtonAction::new(kind, target).error(), Some(ButtonError::Target(kind)), "{target}");
        }
        assert_eq!(ButtonAction::new(Web, " ").error(), Some(ButtonError::NoTarget));
    }

    #[test]
    fn a_cell_never_decides_whose_site_is_opened() {
        let error = |kind, target: &str| ButtonAction::new(kind, target).error();
        for target in
            ["https://{{sito}}/paga", "https://a.{{sito}}", "https://a.it{{coda}}", "https://a.it:{{porta}}/"]
        {
            assert!(error(Web, target).is_some(), "{target}");
        }
        for target in
            ["https://a.it/{{coda}}", "https://a.it?x={{coda}}", "https://a.it#{{coda}}", "{{indirizzo}}"]
        {
            assert_eq!(error(Web, target), None, "{target}");
        }
        assert_eq!(error(Mail, "{{ufficio}}@a.it"), Some(ButtonError::PlaceholderPlace(Mail)));
        assert_eq!((error(Mail, "{{email}}"), error(Copy, "n. {{pratica}}")), (None, None));
    }

    #[test]
    fn a_value_brings_nothing_of_its_own_into_an_address() {
        let encoded: String = encoded_value("a/b?c=\"d\"&è #").collect();
        assert_eq!(encoded, "a%2Fb%3Fc%3D%22d%22%26%C3%A8%20%23");
    }
}
