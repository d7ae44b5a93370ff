# papertrail's completion for bash. `papertrail completion --install` writes this file, and writes it again.

_papertrail() {
    local program=papertrail kind='' line
    case $1 in
        '~/'*) program=$HOME/${1#'~/'} ;;
        */*) program=$1 ;;
    esac
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $kind ]]; then
            kind=$line
        else
            COMPREPLY+=("$line")
        fi
    done < <("$program" __complete bash "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null </dev/null)
    case $kind in
        file) compopt -o default +o nospace ;;
        folder) compopt -o dirnames +o nospace ;;
    esac 2>/dev/null
}

complete -o nospace -F _papertrail papertrail
