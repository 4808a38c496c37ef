-- all that these entries commit to and that is still kept
select entry_id, field, value, salt from journal_text where entry_id = any (?)
union all
select entry_id, 'ip', ip, salt from journal_origin where entry_id = any (?)
union all
select entry_id, 'userAgent', user_agent, salt from journal_origin where entry_id = any (?) and user_agent is not null
