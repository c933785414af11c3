# Where to begin: variables.tf says what can be set, locals.tf what each function gets, roles.tf what it may do.
