//! From any world on, with nothing going wrong any more: whether every notification comes to its end.

use crate::rules::Rules;
use crate::steps::Step;
use crate::world::{Hand, NODES, World};
use staffetta_domain::protocol::Decision;

/// More than any world needs.
const STEPS_MAX: usize = 80;

impl World {
    /// Whether steps that the nodes and a person take in the end lead to where nothing waits and nothing is in doubt.
    pub fn can_end(&self, rules: &Rules) -> bool {
        let mut world = self.clone();
        for _ in 0..STEPS_MAX {
            if world.is_settled() {
                return true;
            }
            match world.calm(rules) {
                Some(next) => world = next,
                None => return false,
            }
        }
        false
    }

    /// The first step that can be taken: what is in hand, then what waits for a person, then what waits for a node.
    fn calm(&self, rules: &Rules) -> Option<Self> {
        let mut steps = Vec::new();
        for (place, one) in self.notifications.iter().enumerate() {
            for node in 0..NODES {
                match one.hands[node] {
                    Hand::Empty => {}
                    Hand::Claimed(_) => steps.extend([Step::WriteMark(node, place), Step::Call(node, place)]),
                    Hand::Marked(_) => steps.push(Step::Call(node, place)),
                    Hand::Calling(_) => steps.push(Step::Accept(node, place)),
                    Hand::Outcome(..) => steps.push(Step::Record(node, place)),
                }
            }
            if one.strays > 0 {
                steps.push(Step::StrayIsLost(place));
            }
            steps.push(Step::Decide(place, Decision::ConsiderSent));
        }
        steps.extend((0..NODES).map(Step::LookBack));
        if self.standing.held.is_some() {
            steps.extend([Step::ReleaseInDoubt, Step::TimePasses]);
        }
        steps.extend((0..NODES).map(Step::Renew));
        for place in 0..self.notifications.len() {
            steps.extend((0..NODES).map(|node| Step::Claim(node, place)));
        }
        steps.extend((0..NODES).map(Step::TakeOver));
        steps.push(Step::TimePasses);
        steps.into_iter().find_map(|step| self.after(rules, step))
    }
}
