-- Which of its rows, from 1, have the shortest and the longest message; null in a list that was read before.
alter table list add column shortest_row integer;
alter table list add column longest_row integer;
-- The operator's own: to it go the tests that they send to themselves.
alter table operator add column fiscal_code text;
-- A test: a single notification with the message of one row of this flow, to the operator who asked for it.
alter table notification add column test_of integer;
create index notification_test on notification (organization_id, id) where test_of is not null;
