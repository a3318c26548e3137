/* {"family": "redirects", "redirect": "https://out.example/worker"} */
new Worker('/redirect-worker/redirect');
