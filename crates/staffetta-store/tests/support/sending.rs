//! A flow under way, and the groups that an engine would write.

use super::{NOW, active, house};
use staffetta_domain::{
    FlowId, FlowState, ListId, NotificationId, NotificationState as State, OrganizationId, UnixMillis,
};
use staffetta_store::Scope;
use staffetta_store::ledger::{ActiveSeen, Change, Claim, Group, GroupDone, Guard, Switched};
use staffetta_store::testing::TestLedger;

/// A flow of three, under way, and the engine that works it.
pub(crate) struct Sending<'a> {
    pub(crate) ledger: &'a TestLedger,
    pub(crate) scope: Scope,
    pub(crate) flow: FlowId,
    pub(crate) list: ListId,
    pub(crate) epoch: i64,
}

pub(crate) async fn sending(ledger: &TestLedger) -> Sending<'_> {
    let house = house(ledger).await;
    let (flow, list) = active(ledger, &house, house.tributi, 10, 3).await;
    assert_eq!(
        ledger.start_flow(&house.whole, flow, ActiveSeen::at(NOW), NOW).await.unwrap(),
        Switched::Done
    );
    let taken = ledger.taken(house.whole.organization, NOW).await;
    assert_eq!((taken.uncertain, taken.held), (0, None));
    Sending { ledger, scope: house.whole, flow, list, epoch: taken.epoch }
}

impl Sending<'_> {
    pub(crate) fn id(&self, row: i64) -> NotificationId {
        NotificationId::new(self.list, row)
    }

    pub(crate) fn organization(&self) -> OrganizationId {
        self.scope.organization
    }

    pub(crate) async fn commit(&self, claim: i64, rows: &[i64], changes: Vec<Change>) -> GroupDone {
        let claims = rows
            .iter()
            .map(|row| Claim { id: self.id(*row), flow: Some(self.flow), attempt: 1, started_at: Some(NOW) })
            .collect();
        let organization = self.organization();
        let group = Group { organization, epoch: self.epoch, claim, claims, changes, now: NOW };
        self.ledger.commit_group(&group).await.unwrap()
    }

    pub(crate) fn answer(&self, row: i64, claim: i64, to: State) -> Change {
        Change::new(self.id(row), Some(self.flow), Guard::Claimed { claim, attempt: 1 }, to)
    }

    pub(crate) fn accepted(&self, row: i64, claim: i64) -> Change {
        let io_message_id = Some(format!("01TEST{row}"));
        let next_check_at = Some(UnixMillis(NOW.0 + 1));
        Change { io_message_id, next_check_at, ..self.answer(row, claim, State::Accepted) }
    }

    /// So many rows more, which wait as the others do.
    pub(crate) async fn lengthen(&self, rows: i64) {
        let (first, last) = (self.id(10), self.id(9 + rows));
        for text in [
            format!(
                "insert into recipient (id, fiscal_code)
                 with recursive g(id) as (select cast({first} as bigint) union all select id + 1 from g where id < {last})
                 select id, 'RSSMRA80A01H501U' from g"
            ),
            format!(
                "insert into notification (id, organization_id, service_id, flow_id)
                 select r.id, n.organization_id, n.service_id, n.flow_id from recipient r join notification n on n.id = {}
                 where r.id >= {first}",
                self.id(1)
            ),
            format!("update flow set queued = queued + {rows} where id = {}", self.flow),
        ] {
            self.ledger.raw(&text).await;
        }
    }

    /// State of the flow, and the counts that are not zero.
    pub(crate) async fn told(&self) -> (FlowState, Vec<(State, i64)>) {
        let found = self.ledger.find_flow(&self.scope, self.flow).await.unwrap().unwrap().summary;
        (found.state, found.tally.iter().filter(|(_, count)| *count != 0).collect())
    }
}
