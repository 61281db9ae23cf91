-- A wrong row is given back whole with the results of its flow, where it stood: after so many good ones.
alter table wrong_row add column cells text;
alter table wrong_row add column after_row bigint;
