select p.* from proposal p
where p.id = cast(:id as uuid) and p.status = 'VOTING' and p.rule ->> 'earlyCloseByItself' = 'true'
for update
