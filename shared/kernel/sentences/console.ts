/** What a console says on its own, without a server. */
export const consoleSentences = {
  working_offline: 'You work offline, and this is only known to the server. Go online, then try again.',
  sign_in_first: 'Sign in first.',
  sign_in_to_keep: 'Sign in first; then your changes can be kept.',
  nobody_signed_in: 'Nobody is signed in.',
  session_was_ended: 'The session was ended.',
  data_not_removed: 'The session was ended, and the data here could not be removed yet ({{why}}).',
  unsent_changes: '{{count}} of your changes are not sent yet. Connect and wait, or give them up.',
  ended_before_sent: 'Your session was ended before this was sent.',
  left_not_readable: 'What was kept from the session that was ended cannot be opened with the key of this server.',
  unreachable: 'The server cannot be reached. This is only known there; connect, then try again.',
  unreachable_now: 'The server cannot be reached. Connect, then try again.',
  unreachable_older: 'The server cannot be reached. Older records are only there.',
  unreachable_address: 'The server {{server}} cannot be reached. Check the address and the network, then try again.',
  unreachable_edits_kept: 'The server {{server}} cannot be reached. Your edits are kept and sent when it answers.',
  connection_broke: 'The connection broke before everything was here. Try again.',
  not_greeted: 'The server did not greet in time. It is tried again.',
  not_a_steward_server: '{{server}} did not answer like a Steward server. Check the address.',
  other_protocol: 'The server speaks another version of the protocol. Update the console.',
  answer_not_readable: "The server's answer could not be read. Update the console.",
  answer_not_fitting:
    "The server's answer to '{{event}}' could not be read. Server and console may not fit together; update both.",
  sent_kind_unknown:
    "The server sent a '{{kind}}' in '{{collection}}'; this console knows no such kind there. Update the console.",
  sent_not_valid: "The server sent a {{kind}} that is not valid at '{{path}}': {{why}}.",
  record_too_large: 'The record is larger than the {{megabytes}} MB the server takes. Shorten it.',
  edits_postponed: 'The server could not handle {{count}} of your edits. They are kept and tried again in a minute.',
  state_not_stored: 'This computer could not store its state ({{why}}). Free some disk space; it is tried again.',
  received_not_stored:
    'This computer could not store what the server sent ({{why}}). Free some disk space; it is tried again.',
  change_not_kept:
    'This computer could not keep the change ({{why}}). Free some disk space and save again; what you typed is still in the form.',
  decision_not_kept: 'This computer could not keep the decision ({{why}}). Try again.',
  change_not_decided: 'The change was not decided.',
  no_such_kind: "There is no kind '{{kind}}'.",
  record_not_here: 'This {{kind}} is no longer here; it may have been deleted.',
  edit_sent_already: 'This edit was sent already. Change the record again instead.',
  inbox_entry_gone: 'This entry is no longer in the inbox.',
  record_moved_on: 'Somebody changed this record since. Open its history to take back a single field.',
  nothing_to_take_back: 'There is nothing left to take back.',
  record_hidden_now: 'You may no longer see this record. What you typed is kept here; the rest has left this computer.',
  fields_hidden_now:
    'You may no longer see these fields. What you typed into them is kept here; the rest has left this computer.',
  old_content_not_usable:
    "The old content cannot be used any more: '{{path}}': {{why}}. Copy what you need into the editor.",
  simulation_too_long:
    'the simulation took longer than {{seconds}} seconds and was ended; simplify the templates and expressions of the rule',
} as const;
