# Sourced by mvnw and bin/lamella: `find_jdk NAME` sets JAVA_HOME to a JDK >= 25, or prints one sentence and fails.
# Order: JAVA_HOME, the java on the PATH, the usual folders. LAMELLA_JDK_DIRS (colon separated) replaces the usual folders.
# Reads each JDK's own `release` file, so that looking costs no start of a JVM.

jdk_minimum=25

# jdk_version HOME: prints the version, such as 25.0.3; nothing where there is no JDK.
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9.]*\).*/\1/p' "$1/release"
}

# jdk_rank VERSION: prints a number to sort by; nothing below the minimum. The lowest major version is best, because the
# build is tested with it; within it the latest update.
jdk_rank() {
  jdk_major=${1%%.*}
  [ -n "$jdk_major" ] && [ "$jdk_major" -ge "$jdk_minimum" ] || return 0
  jdk_rest=${1#"$jdk_major"}
  jdk_rest=${jdk_rest#.}
  jdk_minor=${jdk_rest%%.*}
  case $jdk_rest in
    *.*) jdk_patch=${jdk_rest#*.} jdk_patch=${jdk_patch%%.*} ;;
    *) jdk_patch=0 ;;
  esac
  echo $(((1000 - jdk_major) * 1000000 + ${jdk_minor:-0} * 1000 + ${jdk_patch:-0}))
}

# jdk_of_path: prints the home of the java on the PATH.
jdk_of_path() {
  jdk_java=$(command -v java) || return 0
  jdk_home=$(readlink -f "$jdk_java" 2>/dev/null) || jdk_home=$jdk_java
  jdk_home=${jdk_home%/bin/java}
  if [ ! -r "$jdk_home/release" ]; then
    # A shim, such as jenv's: only java itself knows.
    jdk_home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  fi
  echo "$jdk_home"
}

jdk_folders() {
  if [ -n "${LAMELLA_JDK_DIRS+set}" ]; then
    echo "$LAMELLA_JDK_DIRS" | tr ':' '\n'
    return
  fi
  cat <<END
/usr/lib/jvm
/usr/lib64/jvm
/usr/java
/usr/local
/opt
/opt/java
${HOME:-}/.sdkman/candidates/java
${HOME:-}/.jdks
${HOME:-}/.gradle/jdks
${HOME:-}/.asdf/installs/java
${HOME:-}/.local/share/mise/installs/java
/Library/Java/JavaVirtualMachines
${HOME:-}/Library/Java/JavaVirtualMachines
/opt/homebrew/opt
END
}

find_jdk() {
  jdk_seen=
  if [ -n "${JAVA_HOME:-}" ]; then
    jdk_found=$(jdk_version "$JAVA_HOME")
    [ -z "$(jdk_rank "$jdk_found")" ] || return 0
    jdk_seen="JAVA_HOME is ${jdk_found:-no JDK}, "
  fi
  jdk_home=$(jdk_of_path)
  if [ -n "$jdk_home" ]; then
    jdk_found=$(jdk_version "$jdk_home")
    if [ -n "$(jdk_rank "$jdk_found")" ]; then
      JAVA_HOME=$jdk_home
      return 0
    fi
    jdk_seen="${jdk_seen}the java on the PATH is ${jdk_found:-no JDK}, "
  else
    jdk_seen="${jdk_seen}there is no java on the PATH, "
  fi
  jdk_best=0
  jdk_ifs=$IFS
  IFS='
'
  for jdk_folder in $(jdk_folders); do
    for jdk_home in "$jdk_folder"/* "$jdk_folder"/*/Contents/Home "$jdk_folder"/*/libexec/openjdk.jdk/Contents/Home; do
      jdk_found=$(jdk_rank "$(jdk_version "$jdk_home")")
      if [ -n "$jdk_found" ] && [ "$jdk_found" -gt "$jdk_best" ]; then
        jdk_best=$jdk_found
        JAVA_HOME=$jdk_home
      fi
    done
  done
  IFS=$jdk_ifs
  [ "$jdk_best" -gt 0 ] && return 0
  echo "$1: no JDK $jdk_minimum or later found (${jdk_seen}none in the usual folders): install one, or set JAVA_HOME to it." >&2
  return 1
}
