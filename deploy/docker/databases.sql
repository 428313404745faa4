-- A database for each store; quzhong_registry is there already. The tables are `quzhong db upgrade`'s.
CREATE DATABASE quzhong_intake;
CREATE DATABASE quzhong_archive;
CREATE DATABASE quzhong_workhours;
CREATE DATABASE quzhong_algo_audit;
CREATE DATABASE quzhong_notify;
