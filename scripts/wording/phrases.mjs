/**
 * Phrases to avoid, each with a hint for the replacement. A phrase is a case-insensitive regular expression that matches whole
 * words; a space in it also matches a line break inside a comment or a paragraph.
 *
 * @type {readonly (readonly [phrase: string, instead: string])[]}
 */
export const phrases = [
  // Words and turns that are not the field's.
  ["anew", '"again", or the verb alone: "rebuilds", "rewrites"'],
  ["so many", 'the number or its name: "`limit` assets"'],
  ["of now", '"current"'],
  ["(?:ones?|those) this time", 'name the load: "for this load"'],
  ["(?:becomes|became|become) of", 'the result: "the outcome of", "how it ended"'],
  ["whom to tell", '"owners to notify"'],
  ["what tries", "the subject: name who tries"],
  ["when (?:it is )?left out", '"default: …", or "when omitted"'],
  ["held against", '"compared with", "verified against"'],
  ["no ?body", '"no one", "nothing", "unused"'],
  ["some ?body", '"a user", "someone"'],
  ["whoever|whomever", '"anyone who", or name the subject'],
  ["(?:do|does) as well", '"you can also use"'],
  ["at once and whole", '"atomically"'],
  ["(?:come|comes|came) to (?:their|its|an) end", '"ends", "finishes"'],
  ["(?:do|does) no harm", '"is harmless", "is idempotent"'],
  ["lies? in", '"is in", "is stored in"'],
  ["(?:for )?whatever reason", '"for any reason"'],
  ["(?:tells?|told) nothing", '"reports nothing"'],
  ["(?:tells?|told) of", '"documents", "reports", "mentions"'],
  ["who reads whom", '"dependencies"'],
  ["without regard to case", '"case-insensitive"'],
  ["a call more", '"one extra call"'],
  ["less still", '"even less"'],
  ["mends", '"fixes", "repairs"'],
  ["dependants?", '"dependent", "downstream asset"'],
  // American spelling, as Dagster's.
  ["catalogues?", '"catalog"'],
  ["(?:un)?colour(?:s|ed|ing)?", '"color"'],
  ["behaviours?", '"behavior"'],
  ["neighbour(?:s|ing|hoods?)?", '"neighbor"'],
  ["favour(?:s|ed|ite|ites)?", '"favor"'],
  ["honour(?:s|ed)?", '"honor"'],
  ["grey(?:ed|s)?", '"gray"'],
  ["centred?", '"center", "centered"'],
  ["cancell(?:ed|ing)", '"canceled", "canceling"'],
  ["labell(?:ed|ing)", '"labeled", "labeling"'],
  ["modell(?:ed|ing)", '"modeled", "modeling"'],
  ["travell(?:ed|ing)", '"traveled", "traveling"'],
  ["defence", '"defense"'],
  ["licence", '"license"'],
  ["analys(?:e|ed|ing)", '"analyze"'],
  ["artefacts?", '"artifact"'],
  [
    "(?:un|de)?(?:serial|normal|organ|initial|optim|recogn|custom|memo|synchron|visual|material|summar|token|minim|maxim|real|general|author|categor|emphas)is(?:e|es|ed|ing|ation|ations)",
    'the spelling with "z"',
  ],
];
