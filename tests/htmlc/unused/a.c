/* never_a never_b */ static const int x = MSG_in_c;
