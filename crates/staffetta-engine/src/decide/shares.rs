//! Which enti a node takes, and which it gives back: all living nodes share them evenly, by what they see alike.

use staffetta_domain::OrganizationId;
use staffetta_store::ledger::Lease;

/// What a node does about its enti.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// Those that it tries to take.
    pub take: Vec<OrganizationId>,
    /// Those that it lets others have.
    pub give_back: Vec<OrganizationId>,
}

/// What node `own` does among `nodes` living ones, itself included, while it works `working`.
///
/// Each takes up to its share, rounded up, of those that are free, and gives back what it has beyond: a share that is
/// rounded up leaves none without a node, and none to be moved to and fro.
#[must_use]
pub fn moves(own: &str, nodes: usize, leases: &[Lease], working: &[OrganizationId]) -> Moves {
    let share = leases.len().div_ceil(nodes.max(1));
    if working.len() > share {
        return Moves { take: Vec::new(), give_back: working[share..].to_vec() };
    }
    let is_free = |lease: &&Lease| {
        !working.contains(&lease.organization) && lease.node.as_deref().is_none_or(|node| node == own)
    };
    let mut take: Vec<OrganizationId> =
        leases.iter().filter(is_free).map(|lease| lease.organization).collect();
    // Nodes that look at the same moment begin at different places.
    let begin = own.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    if !take.is_empty() {
        let places = take.len();
        take.rotate_left(begin % places);
    }
    take.truncate(share - working.len());
    Moves { take, give_back: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(numbers: impl IntoIterator<Item = i64>) -> Vec<OrganizationId> {
        numbers.into_iter().map(OrganizationId).collect()
    }

    fn leases(nodes: &[Option<&str>]) -> Vec<Lease> {
        let lease = |(id, node): (i64, &Option<&str>)| Lease {
            organization: OrganizationId(id),
            node: node.map(str::to_owned),
        };
        (1..).zip(nodes).map(lease).collect()
    }

    #[test]
    fn a_node_alone_takes_all_and_one_that_joins_gets_its_share() {
        let free = leases(&[None; 10]);
        let mut taken = moves("uno", 1, &free, &[]).take;
        taken.sort();
        assert_eq!(taken, ids(1..=10));
        let all = leases(&[Some("uno"); 10]);
        assert_eq!(moves("uno", 2, &all, &ids(1..=10)).give_back, ids(6..=10));
        assert_eq!(moves("due", 2, &all, &[]), Moves::default(), "none is free yet");
    }

    #[test]
    fn every_ente_finds_a_node_and_then_nothing_moves() {
        for (enti, nodes) in [(10, 3), (1, 3), (7, 7), (100, 9), (0, 2)] {
            let names: Vec<String> = (0..nodes).map(|number| format!("nodo-{number}")).collect();
            let mut owners: Vec<Option<String>> = vec![None; enti];
            let mut quiet = 0;
            for turn in 0..200 {
                let own = &names[turn % nodes];
                let seen: Vec<Lease> = leases(&owners.iter().map(Option::as_deref).collect::<Vec<_>>());
                let mine = |lease: &&Lease| lease.node.as_ref() == Some(own);
                let working: Vec<_> = seen.iter().filter(mine).map(|lease| lease.organization).collect();
                let moves = moves(own, nodes, &seen, &working);
                quiet = if moves == Moves::default() { quiet + 1 } else { 0 };
                for id in moves.take {
                    owners[usize::try_from(id.0).unwrap() - 1] = Some(own.clone());
                }
                for id in moves.give_back {
                    owners[usize::try_from(id.0).unwrap() - 1] = None;
                }
            }
            assert!(owners.iter().all(Option::is_some), "{enti} {nodes}");
            assert!(quiet >= nodes, "{enti} {nodes}: they go on moving");
        }
    }

    #[test]
    fn an_ente_of_ones_own_that_nobody_works_is_taken_up_again() {
        let mine = leases(&[Some("uno"), Some("due")]);
        assert_eq!(moves("uno", 2, &mine, &[]).take, ids([1]));
    }
}
