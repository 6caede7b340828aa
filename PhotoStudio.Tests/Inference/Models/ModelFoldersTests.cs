using Microsoft.Extensions.Configuration;
using PhotoStudio.Inference.Models;
using PhotoStudio.ServiceDefaults.Configuration;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Models;

public sealed class ModelFoldersTests
{
    [Fact]
    public void Without_a_setting_models_are_in_the_studios_data() =>
        Of(("Studio:Data", "/srv/studio")).ShouldBe(["/srv/studio/models"]);

    [Fact]
    public void Several_folders_are_a_list_or_an_array()
    {
        Of(("Studio:Models:Path", "/a; /b ;/a")).ShouldBe(["/a", "/b"]);
        Of(("Studio:Models:Path:0", "/a"), ("Studio:Models:Path:1", "/b")).ShouldBe(["/a", "/b"]);
    }

    [Fact]
    public void The_inference_services_own_setting_wins_over_the_studios() =>
        Of(("Studio:Models:Path", "/a"), ("Studio:Inference:Models:Path", "/b")).ShouldBe(["/b"]);

    [Fact]
    public void MODEL_PATH_is_another_name_of_it()
    {
        var configuration = new ConfigurationManager();
        configuration.AddEnvironmentAliases([KeyValuePair.Create("MODEL_PATH", (string?)"/models")]);
        ModelFolders.From(configuration).All.ShouldBe(["/models"]);
    }

    private static IReadOnlyList<string> Of(params (string Key, string Value)[] settings) => ModelFolders.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(each => KeyValuePair.Create(each.Key, (string?)each.Value))).Build()).All;
}
