/* {"family": "navigation"} */
navigation.navigate('https://out.example/navigation');
