/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/auth/mh-password-common.h"

#include <stddef.h>

/* clang-format off */
const char *const mh_password_common[] = {
  "123456789", "1234567890", "12345678910", "0123456789", "987654321", "9876543210", "123123123",
  "112233445566", "1q2w3e4r5t", "1q2w3e4r5t6y", "qwertyuiop", "qwerty", "qwerty123", "qwertz",
  "azerty", "asdfghjkl", "asdfgh", "zxcvbnm", "qazwsx", "qazwsxedc", "zaq12wsx", "1qaz2wsx",
  "abcdef", "abcdefgh", "abcdefghij", "abc123456", "a123456789", "password", "passwort",
  "passw0rd", "p4ssword", "motdepasse", "contrasena", "letmein", "welcome", "welcome1",
  "iloveyou", "iloveyou1", "sunshine", "princess", "monkey", "dragon", "football", "baseball",
  "basketball", "superman", "batman", "trustno1", "master", "shadow", "michael", "jennifer",
  "charlie", "jordan", "hunter", "ashley", "bailey", "freedom", "whatever", "computer",
  "internet", "samsung", "google", "facebook", "starwars", "pokemon", "liverpool", "chelsea",
  "arsenal", "manchester", "administrator", "admin123", "adminadmin", "admin1234", "root",
  "toor", "changeme", "default", "secret", "secret123", "guest", "guest123", "testtest",
  "test1234", "testing", "temporary", "hospital", "hospital123", "doctor", "doctor123",
  "nurse1234", "patient", "laboratory", "pathology", "pharmacy", "reception", "technician",
  "medicine", "clinic", "mahima", "mahima123", "mahimahospital", "india123", "indian",
  "hindustan", "bharat", "jaihind", "jaishreeram", "omnamahshivaya", "krishna", "krishna123",
  "ganesh", "ganesha", "hanuman", "lakshmi", "saibaba", "waheguru", "shivshakti", "radhekrishna",
  "sachin", "tendulkar", "dhoni", "kohli", "cricket", "mumbai", "chennai", "kolkata",
  "bengaluru", "bangalore", "hyderabad", "delhi123", "newdelhi", "punjab", "maharashtra",
  "january", "february", "march2026", "october", "november", "december", "monday", "tuesday",
  "wednesday", "thursday", "friday", "saturday", "sunday", "summer", "winter", "spring",
  "autumn", "access", "access123", "login", "login123", "loginlogin", "hello123", "hellohello",
  "helloworld", "openopen", "letmein123", "nopassword", "mypassword", "yourpassword",
  "thepassword", "passwordpassword", "computer1", "windows", "windows10", "linuxlinux", "ubuntu",
  "debian", "server", "server123", "database", "postgres", "mysql123", "sqlite123", "lovelove",
  "loveyou", "mylove", "babygirl", "sweetheart", "darling", "angel123", "butterfly", "flower",
  "purple", "orange", "banana", "chocolate", "cookie", "pepper", "ginger", "family", "mother",
  "father", "brother", "sister", "children", "happiness", "blessed", "blessing", "godisgood",
  "jesus", "christ", "jesuschrist", "qweasdzxc", "qwe123qwe", "asd123asd", "zxc123zxc",
  "aaaaaaaaaa", "1111111111", "0000000000", "9999999999", "1231231231", "11223344556",
  "1029384756", "147258369", "159753456", "741852963", "789456123", "correcthorsebatterystaple",
  NULL,
};
/* clang-format on */
