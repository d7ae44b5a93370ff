# papertrail's completion for fish. `papertrail completion --install` writes this file, and writes it again.

function __papertrail_complete
    set -l typed (commandline -opc)
    set -l token (commandline -ct)
    set -l program papertrail
    string match -q '*/*' -- $typed[1]; and set program (string replace -r '^~/' "$HOME/" -- $typed[1])
    set -e typed[1]
    set -l answer ($program __complete fish $typed "$token" 2>/dev/null </dev/null)
    switch "$answer[1]"
        case file
            __fish_complete_path "$token"
        case folder
            __fish_complete_directories "$token" ''
        case words
            set -e answer[1]
            string join -- \n $answer
    end
end

complete -c papertrail -k -f -a '(__papertrail_complete)'
