/* {"family": "navigation"} */
location.hostname = `${'canary'.repeat(8)}.example`;
