using PhotoStudio.Core.Models;
using PhotoStudio.Inference.Models;
using PhotoStudio.Tests.Contract;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Inference;

public sealed class HttpModelAdministrationTests : ModelAdministrationContract
{
    protected override Task<ModelAdministrationUnderTest> StartAsync(IReadOnlyList<ModelEntry> models) =>
        ModelAdministrationUnderTest.OverHttpAsync(Folder, models);

    [Fact]
    public async Task A_service_that_is_not_there_is_an_error_of_its_own()
    {
        using var models = HttpInferenceClient.ModelsOf(["http://127.0.0.1:9"]);

        var list = await Should.ThrowAsync<ModelException>(() => models.ListAsync(CancellationToken.None));
        var pull = await Should.ThrowAsync<ModelException>(() => models.PullAsync("one", null, null, CancellationToken.None));

        (list.Fault, pull.Fault).ShouldBe((ModelFault.Unreachable, ModelFault.Unreachable));
    }

    [Fact]
    public async Task What_changes_something_is_asked_of_every_instance()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        await using var server = await ModelServer.StartAsync(Content);
        await using var one = await InferenceServiceHost.StartAsync(services: services => services.AddModels(first.Path, Entry(server.Url)));
        await using var two = await InferenceServiceHost.StartAsync(services: services => services.AddModels(second.Path, Entry(server.Url)));
        using var models = HttpInferenceClient.ModelsOf([one.Address.ToString(), two.Address.ToString()]);

        await models.PullAsync("one", null, null, CancellationToken.None);
        (File.Exists(first.In("one.onnx")), File.Exists(second.In("one.onnx"))).ShouldBe((true, true));

        await models.RemoveAsync("one", CancellationToken.None);
        (File.Exists(first.In("one.onnx")), File.Exists(second.In("one.onnx"))).ShouldBe((false, false));

        using var file = new MemoryStream(Content);
        await models.ImportAsync(file, null, null, null, CancellationToken.None);
        (File.Exists(first.In("one.onnx")), File.Exists(second.In("one.onnx"))).ShouldBe((true, true));
    }

    [Fact]
    public async Task Instances_that_share_a_folder_remove_a_model_once()
    {
        await using var one = await InferenceServiceHost.StartAsync(services: services => services.AddModels(Folder, Entry()));
        await using var two = await InferenceServiceHost.StartAsync(services: services => services.AddModels(Folder, Entry()));
        using var models = HttpInferenceClient.ModelsOf([one.Address.ToString(), two.Address.ToString()]);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "one.onnx"), Content);

        (await models.RemoveAsync("one", CancellationToken.None)).State.ShouldBe(ModelState.NotInstalled);
    }
}
