#!/bin/sh
# Runs once, when the database volume is empty: the two roles and the database that the owner owns.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres \
  -v owner_password="$APP_OWNER_PASSWORD" -v app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE app_owner LOGIN CREATEDB BYPASSRLS NOSUPERUSER PASSWORD :'owner_password';
CREATE ROLE app LOGIN NOCREATEDB NOBYPASSRLS NOSUPERUSER PASSWORD :'app_password';
CREATE DATABASE stationed OWNER app_owner ENCODING 'UTF8' TEMPLATE template0;
SQL
