#!/bin/sh
# Makes the fonts of static/fonts from those of @fontsource/be-vietnam-pro 5.3.0: sh subset_fonts.sh FOLDER-OF-THE-ORIGINALS, in static/fonts
# Only letters that our languages use stay, without hints: phones draw without them. Needs fonttools 4.68 and brotli.
letters="U+0020-007E,U+00A0-00FF,U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0303,U+0306,U+0309,U+031B,U+0323,U+1EA0-1EF9,U+2013-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+2032-2033,U+2039-203A,U+20AB,U+20AC,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265"
for weight in 400 600 800; do
  for letters_of in latin vietnamese; do
    pyftsubset "$1/be-vietnam-pro-$letters_of-$weight-normal.woff2" --unicodes="$letters" --no-hinting --desubroutinize \
      --layout-features=kern,ccmp,locl,mark,mkmk,tnum --flavor=woff2 --output-file="be-vietnam-pro-$letters_of-$weight.woff2"
  done
done
