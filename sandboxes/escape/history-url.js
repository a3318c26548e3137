/* {"family": "runtime"} */
history.replaceState(null, '', '/%2e%2e//out.example/'); new Image().src = location.pathname.replace('/%2e%2e', '');
