# What somebody who typed an unknown command may have meant.

# Prints the word of the help that $1 is a slip of the keyboard away from: at most two letters missing, wrong, too many
# or swapped (optimal string alignment); nothing when none is.
guess() {
  usage | typed=$1 awk '
    function least(a, b) { return a < b ? a : b }
    function distance(a, b,  i, j, x, y, d) {
      for (i = 0; i <= length(a); i++) d[i, 0] = i
      for (j = 0; j <= length(b); j++) d[0, j] = j
      for (i = 1; i <= length(a); i++)
        for (j = 1; j <= length(b); j++) {
          x = substr(a, i, 1)
          y = substr(b, j, 1)
          d[i, j] = least(d[i - 1, j - 1] + (x != y), least(d[i - 1, j], d[i, j - 1]) + 1)
          if (i > 1 && j > 1 && x == substr(b, j - 1, 1) && y == substr(a, i - 1, 1))
            d[i, j] = least(d[i, j], d[i - 2, j - 2] + 1)
        }
      return d[length(a), length(b)]
    }
    function plain(word) { sub(/^-+/, "", word); return tolower(word) }
    BEGIN { typed = plain(substr(ENVIRON["typed"], 1, 20)) }
    /^  (--)?[a-z]+  / {
      slips = distance(typed, plain($1))
      if (slips <= 2 && slips * 2 < length(plain($1)) && (best == "" || slips < fewest)) {
        best = $1
        fewest = slips
      }
    }
    END { print best }'
}
