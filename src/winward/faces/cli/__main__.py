from winward.faces.cli.app import main

main()
