//! Which network addresses a service's base URL may lead to.
//!
//! An operator types the base URL and the program then sends there: without this check a typed address
//! would be a way to reach what only the server can reach (RFC 1918 networks, a cloud's metadata).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What kind of network an address belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// Reachable from anywhere.
    Public,
    /// The machine itself.
    Loopback,
    /// A private, link-local, shared, reserved or unspecified network.
    Private,
}

/// The kind of an address. Addresses of IPv6 that wrap one of IPv4 count as the one inside.
#[must_use]
pub fn kind_of(address: IpAddr) -> AddressKind {
    match address {
        IpAddr::V4(address) => kind_of_v4(address),
        IpAddr::V6(address) => kind_of_v6(address),
    }
}

fn kind_of_v4(address: Ipv4Addr) -> AddressKind {
    let [a, b, c, _] = address.octets();
    let private = address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        // "This network" and its unspecified address (RFC 791), shared space of carriers (RFC 6598).
        || a == 0
        || (a == 100 && (64..128).contains(&b))
        // Protocol assignments (RFC 6890), benchmarks (RFC 2544), reserved space and broadcast (RFC 1112).
        || (a, b, c) == (192, 0, 0)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240;
    match (address.is_loopback(), private) {
        (true, _) => AddressKind::Loopback,
        (false, true) => AddressKind::Private,
        (false, false) => AddressKind::Public,
    }
}

fn kind_of_v6(address: Ipv6Addr) -> AddressKind {
    if address.is_loopback() {
        return AddressKind::Loopback;
    }
    let parts = address.segments();
    let inside = match parts {
        // Mapped (RFC 4291), NAT64 (RFC 6052).
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some((high, low)),
        // 6to4 (RFC 3056).
        [0x2002, high, low, ..] => Some((high, low)),
        _ => None,
    };
    if let Some((high, low)) = inside {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        return kind_of_v4(Ipv4Addr::new(a, b, c, d));
    }
    // Only 2000::/3 is given out for the public network; documentation (RFC 3849) and Teredo are inside it.
    let public = parts[0] & 0xe000 == 0x2000
        && !(parts[0] == 0x2001 && parts[1] == 0xdb8)
        && !(parts[0] == 0x2001 && parts[1] == 0);
    if public { AddressKind::Public } else { AddressKind::Private }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_sorted() {
        use AddressKind::{Loopback, Private, Public};
        for (text, kind) in [
            ("8.8.8.8", Public),
            ("20.93.1.1", Public),
            ("127.0.0.1", Loopback),
            ("127.9.9.9", Loopback),
            ("::1", Loopback),
            ("::ffff:127.0.0.1", Loopback),
            ("0.0.0.0", Private),
            ("10.1.2.3", Private),
            ("172.16.0.1", Private),
            ("172.32.0.1", Public),
            ("192.168.1.1", Private),
            ("169.254.169.254", Private),
            ("100.64.0.1", Private),
            ("100.128.0.1", Public),
            ("192.0.0.8", Private),
            ("198.18.0.1", Private),
            ("224.0.0.1", Private),
            ("255.255.255.255", Private),
            ("::", Private),
            ("::10.0.0.1", Private),
            ("::ffff:10.0.0.1", Private),
            ("::ffff:8.8.8.8", Public),
            ("64:ff9b::10.0.0.1", Private),
            ("2002:0a00:0001::", Private),
            ("fe80::1", Private),
            ("fec0::1", Private),
            ("fd00::1", Private),
            ("ff02::1", Private),
            ("2001:db8::1", Private),
            ("2a00:1450:4002::1", Public),
        ] {
            assert_eq!(kind_of(text.parse().unwrap()), kind, "{text}");
        }
    }
}
