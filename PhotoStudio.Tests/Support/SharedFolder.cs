namespace PhotoStudio.Tests.Support;

/// <summary>Photographs and models that may lie in a folder <c>shared</c> beside the repository and are no part of it.</summary>
public static class SharedFolder
{
    /// <summary>A file's path, looked for from the repository upwards; null when it is not there.</summary>
    public static string? Find(string folder, string name)
    {
        for (var parent = Directory.GetParent(Repository.Root); parent is not null; parent = parent.Parent)
        {
            var path = Path.Combine(parent.FullName, "shared", folder, name);
            if (File.Exists(path)) return path;
        }

        return null;
    }
}
