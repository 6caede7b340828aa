Console.Error.WriteLine("This project is only the start-up project of 'dotnet ef'; call './studio migrations add NAME'.");
return 2;
