// What can be wrong with rows and their values. CBackupKernels.h includes it.
#pragma once

enum bk_fault {
  BK_FAULT_NONE,
  BK_FAULT_TEXT_AFTER_QUOTE,  // a closing quote is followed by something that ends no field
  BK_FAULT_UNCLOSED_QUOTE,    // the input ends inside quotes
  BK_FAULT_NOT_A_LITERAL,     // SQL: an expression where a literal value belongs
  BK_FAULT_NOT_A_ROW,         // SQL: no tuple after a comma
  BK_FAULT_FIELD_COUNT,       // a row with too many or too few fields
  BK_FAULT_NUMBER,            // not a number
  BK_FAULT_BOOL,              // not a boolean
  BK_FAULT_HEX,               // not hexadecimal, or an odd number of digits
  BK_FAULT_BIT,               // not a bit value of at most 64 bits
  BK_FAULT_BYTEA,             // neither form of PostgreSQL's bytea
  BK_FAULT_BARE_TEXT,         // SQL: a value without quotes in a column of text, of which the server makes another text
  BK_FAULT_UNTYPED_BITS,      // MySQL: b'…' where no type says whether it is a number or bytes
  BK_FAULT_WIDE_BITS,         // MySQL: a BIT value of more bits than its column has
  BK_FAULT_LONG_TEXT,         // PostgreSQL: more characters than char(n) has, and not all of them blanks
  BK_FAULT_CAST,              // PostgreSQL: a cast whose result nobody here knows
  BK_FAULT_UTF8,              // bytes that are not UTF-8 in a text column
  BK_FAULT_ESCAPE,            // an escape sequence that means nothing
  BK_FAULT_JSON,              // no JSON
  BK_FAULT_NESTED,            // JSON: an object or an array that is none, or that has a key twice
  BK_FAULT_NO_OBJECT,         // JSON: a row that is no object
  BK_FAULT_AFTER_OBJECT,      // JSON in lines: something else follows an object on its line
  BK_FAULT_CUT_JSON,          // the input ends inside an object
};
