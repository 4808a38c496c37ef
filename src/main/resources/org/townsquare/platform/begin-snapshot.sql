select set_config('statement_timeout', $1::varchar, true),
       set_config('idle_in_transaction_session_timeout', $1::varchar, true),
       set_config('transaction_timeout', $1::varchar, true)
