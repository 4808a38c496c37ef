select cast(json_build_object(
    'attendances', (
        select coalesce(json_agg(json_build_object(
            'id', a.id, 'communityId', a.community_id, 'eventId', a.event_id, 'event', e.title, 'kind', a.kind, 'source', a.source,
            'checkedInAt', to_char(a.checked_in_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'voidedAt', to_char(a.voided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'voidCause', a.void_cause, 'voidReason', a.void_reason,
            'receipt', rtrim(translate(encode(a.receipt, 'base64'), '+/', '-_'), '=')) order by a.id), '[]')
        from attendance a join event e on e.community_id = a.community_id and e.id = a.event_id
        where a.participant_id = cast(:user as uuid))) as text)
