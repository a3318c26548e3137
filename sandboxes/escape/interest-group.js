/* {"family": "identity"} */
navigator.joinAdInterestGroup({ owner: 'https://out.example', name: 'x', biddingLogicURL: 'https://out.example/bid.js' }, 60);
