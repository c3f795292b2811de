# Sums up JUnit reports: a row for each group of tests, the names and reasons of those that failed or were skipped, and one closing line.
# Ends with 1 when a test failed, the build broke (variable broken), or nothing ran.

function attribute(name,    value) {
  value = $0
  if (!sub(".* " name "=\"", "", value)) return ""
  sub("\".*", "", value)
  return value
}

# An attribute's text on one line, of a readable length.
function plain(text) {
  gsub(/&#(10|13|9);|[[:cntrl:]]/, " ", text)
  gsub(/&lt;/, "<", text)
  gsub(/&gt;/, ">", text)
  gsub(/&quot;/, "\"", text)
  gsub(/&apos;|&#39;/, "'", text)
  gsub(/&amp;/, "\\&", text)
  gsub(/  +/, " ", text)
  return length(text) > 300 ? substr(text, 1, 300) "..." : text
}

# backend and ui are groups; of the tests from outside, each package is one.
function group(path, class) {
  if (path ~ /\/backend\/target\//) return "backend"
  if (path ~ /\/ui\/target\//) return "ui"
  sub(/^dev\.caelum\.e2e\./, "", class)
  return sub(/\..*/, "", class) ? "e2e " class : "e2e"
}

/<testsuite / {
  g = group(FILENAME, attribute("name"))
  if (!(g in tests)) order[++groups] = g
  tests[g] += attribute("tests")
  failed[g] += attribute("failures") + attribute("errors")
  skipped[g] += attribute("skipped")
  seconds[g] += attribute("time")
}
/<testcase / { test = attribute("classname") "." attribute("name") }
/<(failure|error)[ >]/ { failures[++failureCount] = test ": " plain(attribute("message")) }
/<skipped[ >]/ { skips[++skipCount] = test ": " plain(attribute("message")) }

END {
  if (groups) printf "\n%-16s %7s %7s %8s %9s\n", "", "tests", "failed", "skipped", "time"
  for (i = 1; i <= groups; i++) {
    g = order[i]
    printf "%-16s %7d %7d %8d %7.1f s\n", g, tests[g], failed[g], skipped[g], seconds[g]
    all += tests[g]; bad += failed[g]; left += skipped[g]
  }
  for (i = 1; i <= failureCount; i++) printf "FAILED %s\n", failures[i]
  for (i = 1; i <= skipCount; i++) printf "skipped %s\n", skips[i]
  if (broken != "") printf "BROKEN %s, see above\n", broken
  took = now - began
  printf "%d passed, %d failed, %d skipped in %d min %d s\n", all - bad - left, bad, left, took / 60, took % 60
  exit (bad || broken != "" || !all) ? 1 : 0
}
