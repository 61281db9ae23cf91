-- What was done to the ente itself is shown on its settings, the newest first.
create index event_of_organization on event (organization_id, id)
    where flow_id is null and notification_id is null and service_id is null;
