CREATE SCHEMA "Lager 仓库";

CREATE TYPE mood AS ENUM ('happy', 'so, so', 'it''s "bad"');
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE TYPE "Lager 仓库".place AS (aisle text, shelf integer);

CREATE TABLE customers (
  id             integer PRIMARY KEY,
  email          email NOT NULL UNIQUE,
  name           text NOT NULL,
  nickname       character varying(60),
  country        character(3) NOT NULL DEFAULT 'CN',
  birthday       date,
  vip            boolean NOT NULL,
  loyalty_points bigint NOT NULL,
  balance        numeric(12,2),
  mood           mood,
  phones         text[] NOT NULL,
  token          uuid,
  last_address   inet,
  created_at     timestamp with time zone,
  note           text
);

CREATE TABLE products (
  sku            integer PRIMARY KEY,
  name           text NOT NULL,
  price          numeric(10,2) NOT NULL,
  price_with_tax numeric(10,2) GENERATED ALWAYS AS (price * 1.13) STORED,
  exact_mass     numeric,
  stock          smallint NOT NULL,
  rating         real,
  popularity     double precision,
  flags          bit(12),
  sizes          integer[],
  attributes     jsonb,
  on_sale        daterange,
  guarantee      interval
);

CREATE TABLE product_images (
  id        smallint PRIMARY KEY,
  sku       integer NOT NULL REFERENCES products,
  file_name text NOT NULL,
  picture   bytea NOT NULL
);

CREATE TABLE orders (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers,
  status      text NOT NULL,
  placed_at   timestamp without time zone NOT NULL,
  paid_at     timestamp(3) without time zone,
  total       numeric(12,2) NOT NULL,
  remark      text
);
CREATE INDEX orders_by_customer ON orders (customer_id);

CREATE TABLE order_lines (
  order_id bigint NOT NULL,
  line     smallint NOT NULL,
  sku      integer NOT NULL,
  quantity integer NOT NULL,
  price    numeric(10,2) NOT NULL,
  PRIMARY KEY (order_id, line)
);

CREATE TABLE events (
  id      bigint PRIMARY KEY,
  at      timestamp with time zone NOT NULL,
  kind    text NOT NULL,
  payload json
);

CREATE TABLE coupons (code text PRIMARY KEY, worth numeric(6,2) NOT NULL);

CREATE TABLE "Lager 仓库"."Bestand, Übersicht" (
  "Nr."      integer PRIMARY KEY,
  "Größe ""L""" double precision,
  "位置"     "Lager 仓库".place,
  "read"     boolean
);
