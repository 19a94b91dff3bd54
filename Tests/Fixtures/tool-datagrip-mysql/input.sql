create table items
(
    id    int auto_increment
        primary key,
    name  varchar(60)                        null comment 'it''s; a "name"',
    price decimal(10, 2) default 0.00        null,
    flags bit(4)                             null,
    data  blob                               null,
    at    datetime default CURRENT_TIMESTAMP null
);

create index by_name
    on items (name);

INSERT INTO items (id, name, price, flags, data, at) VALUES (1, 'it''s "here" in C:\\new', 1.10, 5, 0x00FF275C, '2026-01-01 00:00:00');
INSERT INTO items (id, name, price, flags, data, at) VALUES (2, 'two
lines; 中 😀', -0.50, null, null, null);
insert into items (id, name, price, flags, data, at)
values  (3, null, null, 0, '', '0000-00-00 00:00:00');
