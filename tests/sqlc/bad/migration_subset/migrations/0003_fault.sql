UPDATE region SET opened_on = date('now');
