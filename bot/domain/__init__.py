"""What is true: frozen values and pure rules, without Slack, SQL, logs or a clock of their own."""
