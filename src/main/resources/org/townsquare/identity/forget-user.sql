with sessions as (
    delete from session where user_id = cast(:user as uuid)
), keys as (
    delete from api_key where user_id = cast(:user as uuid)
), verifications as (
    delete from verification where user_id = cast(:user as uuid)
)
delete from account where user_id = cast(:user as uuid)
