#compdef papertrail
# papertrail's completion for zsh. `papertrail completion --install` writes this file, and writes it again.

_papertrail() {
    local program=papertrail kind line word told
    local -a answer typed words_ shown open open_shown
    case $words[1] in
        '~/'*) program=$HOME/${words[1]#'~/'} ;;
        */*) program=${(Q)words[1]} ;;
    esac
    typed=(${(Q)words[2,CURRENT-1]})
    (( CURRENT > 2 )) && typed=("${(@Q)words[2,CURRENT-1]}")
    answer=("${(@f)$("$program" __complete zsh "${(@)typed}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
    kind=$answer[1]
    case $kind in
        file | folder)
            [[ $PREFIX == --*=* ]] && compset -P '*='
            if [[ $kind == file ]]; then _files; else _files -/; fi
            return
            ;;
    esac
    for line in "${(@)answer[2,-1]}"; do
        word=${line%%$'\t'*} told=${line#*$'\t'}
        [[ -n $told ]] && told="$word  -- $told" || told=$word
        told=${told[1,COLUMNS-1]}
        if [[ $word == *[=:] ]]; then
            open+=("$word") open_shown+=("$told")
        else
            words_+=("$word") shown+=("$told")
        fi
    done
    local -a how=(-U -V papertrail)  # all that comes fits: case does not matter, nor a quotation mark of a query
    [[ "$shown" == *'  -- '* ]] && how+=(-l)
    compadd "${(@)how}" -d shown -a words_
    compadd "${(@)how}" -S '' -d open_shown -a open
}

if [[ $funcstack[1] == _papertrail ]]; then
    _papertrail "$@"
else
    compdef _papertrail papertrail
fi
