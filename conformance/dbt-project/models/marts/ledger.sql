{{ config(schema='finance', alias='gl') }} select * from {{ ref('plain') }}
