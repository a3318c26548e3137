/* {"family": "documents"} */
new DOMParser().parseFromString('<!DOCTYPE x [<!ENTITY e SYSTEM "https://out.example/e">]><x>&e;</x>', 'text/xml');
