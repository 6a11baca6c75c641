grant usage on sequence occupancy_night_id_seq, occupancy_intakeday_id_seq, occupancy_reportline_id_seq to app;
